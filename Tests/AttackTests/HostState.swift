import Glibc
import HostSystem
import Sandbox

/// What a job could leave behind on the host, at one instant.
struct HostState: Sendable {
  /// Each thing in words that name it and no other.
  let things: Set<String>

  /// Looks at processes, control groups, mounts, descriptors and files.
  ///
  /// - Parameter directory: where compilers leave their products.
  init(products directory: String) {
    var things: Set<String> = []
    things.formUnion(SandboxedProcess.ofThisSupervisor().map { "P1 \($0)" })
    things.formUnion(Self.controlGroups().map { "P2 control group \($0)" })
    things.formUnion(Self.text("/proc/self/mountinfo").split(separator: "\n").map { "P3 mount \($0)" })
    things.formUnion(Self.descriptors().map { "P3 descriptor \($0)" })
    things.formUnion(DirectoryNames.list(directory).map { "P3 product \(directory)/\($0)" })
    for shared in Self.sharedPlaces {
      things.formUnion(
        DirectoryNames.list(shared).filter { Self.isOwnedBySandbox("\(shared)/\($0)") }.map {
          "P3 file \(shared)/\($0)"
        })
    }
    self.things = things
  }

  /// Directories in which every user may leave something.
  static let sharedPlaces = ["/tmp", "/var/tmp", "/dev/shm"]

  /// What is here and was not there before.
  func growth(since before: HostState) -> Set<String> {
    things.subtracting(before.things)
  }

  private static func controlGroups() -> [String] {
    let facts = ControlGroupFacts(mountinfo: text("/proc/self/mountinfo"), membership: text("/proc/self/cgroup"))
    let controllers = facts.mounts.first(where: \.isUnified).map { text($0.point + "/cgroup.controllers") } ?? ""
    let plans = ControlGroupPlan.candidates(facts, unifiedControllers: controllers, isRoot: geteuid() == 0)
    let parents = Set(plans.flatMap { [$0.memory, $0.pids] + ($0.cpu.map { [$0] } ?? []) })
    return parents.flatMap { parent in
      DirectoryNames.list(parent).filter { $0.hasPrefix("rce-\(getpid())-") }.map { "\(parent)/\($0)" }
    }
  }

  private static func descriptors() -> [String] {
    let all: [String] = DirectoryNames.list("/proc/self/fd").compactMap { number in
      var target = [CChar](repeating: 0, count: 256)
      // The one that lists them is gone by now.
      guard readlink("/proc/self/fd/\(number)", &target, 255) > 0 else { return nil }
      return "\(number) to \(String(decoding: target.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))"
    }
    // Some are kept for the next job, and made anew when they are old.
    let networks = all.filter { $0.contains(" to net:[") }
    return networks.count > keptNetworks ? all : all.filter { !networks.contains($0) }
  }

  /// Network namespaces that each sandbox may keep.
  private static let keptNetworks = 16 * AttackedBackend.allCases.count

  private static func isOwnedBySandbox(_ path: String) -> Bool {
    var information = stat()
    return lstat(path, &information) == 0 && information.st_uid >= SandboxUsers.base
  }

  /// A file's text; empty where it cannot be read.
  static func text(_ path: String) -> String {
    guard let bytes = try? FileDescriptor.open(path, O_RDONLY).readAll() else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

}
