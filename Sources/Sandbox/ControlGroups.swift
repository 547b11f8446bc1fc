import Glibc
import HostSystem

/// The place where each job gets a control group of its own.
final class ControlGroups: Sendable {
  let plan: ControlGroupPlan
  /// Of the whole process: two sandboxes in it must never give two jobs one name.
  private static let counter = Lock(0)

  /// Prepares the first way that works; throws the reasons where none does.
  init() throws(ControlGroupsUnavailable) {
    let facts = ControlGroupFacts(
      mountinfo: KernelFile.read("/proc/self/mountinfo") ?? "", membership: KernelFile.read("/proc/self/cgroup") ?? "")
    let controllers = facts.unified.flatMap { KernelFile.read($0.point + "/cgroup.controllers") } ?? ""
    var reasons: [String] = []
    let candidates = ControlGroupPlan.candidates(facts, unifiedControllers: controllers, isRoot: geteuid() == 0)
    for candidate in candidates {
      do throws(SystemCallError) {
        try Self.prepare(candidate)
        plan = candidate
        sweep()
        return
      } catch {
        reasons.append("\(error)")
      }
    }
    throw ControlGroupsUnavailable(
      reason: candidates.isEmpty ? "no hierarchy with memory and pids is mounted" : reasons.joined(separator: "; "))
  }

  /// Performs the steps and proves them with a group that is removed again.
  private static func prepare(_ plan: ControlGroupPlan) throws(SystemCallError) {
    for step in plan.steps {
      switch step {
      case .make(let path): try KernelFile.makeDirectory(path)
      case .enable(let path):
        if try needsController(path) {
          try KernelFile.write("+memory +pids", to: path + "/cgroup.subtree_control")
        }
      case .vacate(let path, let leaf): try vacate(path, into: leaf)
      }
    }
    let limits = SandboxLimits(
      wall: .zero, cpu: .zero, memoryBytes: 64 << 20, outputBytes: 0, processes: 8, fileBytes: 0)
    let group = try makeGroup(plan, limits)
    _ = group.remove()
  }

  private static func vacate(_ path: String, into leaf: String) throws(SystemCallError) {
    // Again while there are some: a process that forks meanwhile leaves a child behind.
    for _ in 0..<8 {
      let members = (KernelFile.read(path + "/cgroup.procs") ?? "").split(separator: "\n")
      if members.isEmpty { return }
      for member in members {
        do throws(SystemCallError) {
          try KernelFile.write(String(member), to: leaf + "/cgroup.procs")
        } catch {
          // It has ended since.
          if error.code != ESRCH { throw error }
        }
      }
    }
  }

  private static func needsController(_ path: String) throws(SystemCallError) -> Bool {
    guard let text = KernelFile.read(path + "/cgroup.subtree_control") else {
      throw SystemCallError("open", path + "/cgroup.subtree_control")
    }
    let enabled = text.split(whereSeparator: \.isWhitespace).map(String.init)
    return !ControlGroupPlan.needed.allSatisfy(enabled.contains)
  }

  /// A group for one job, named after this process so that a later one can tell what was left behind.
  func makeGroup(_ limits: SandboxLimits) throws(SystemCallError) -> ControlGroup {
    try Self.makeGroup(plan, limits)
  }

  private static func makeGroup(_ plan: ControlGroupPlan, _ limits: SandboxLimits) throws(SystemCallError)
    -> ControlGroup
  {
    while true {
      do throws(SystemCallError) {
        return try ControlGroup(plan, named: "rce-\(getpid())-\(nextNumber())", limits)
      } catch {
        // Left behind by a process that had this number before.
        guard error.code == EEXIST else { throw error }
      }
    }
  }

  private static func nextNumber() -> Int {
    counter.withLock { count in
      count += 1
      return count
    }
  }

  /// Removes the groups of supervisors that were killed before they could; what runs in a group protects it.
  private func sweep() {
    for parent in Set([plan.memory, plan.pids, plan.cpu ?? plan.memory]) {
      for name in DirectoryNames.list(parent) where Self.isAbandoned(name) {
        rmdir(parent + "/" + name)
      }
    }
  }

  private static func isAbandoned(_ name: String) -> Bool {
    let parts = name.split(separator: "-")
    guard parts.count == 3, parts[0] == "rce", let process = Int32(parts[1]) else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}

/// No control group can be had here.
struct ControlGroupsUnavailable: Error {
  let reason: String
}
