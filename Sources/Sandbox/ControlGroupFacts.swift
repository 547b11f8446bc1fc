/// What the kernel says about control groups, read from text files and nothing else.
package struct ControlGroupFacts: Sendable, Equatable {
  /// A mounted hierarchy.
  package struct Mount: Sendable, Equatable {
    /// Where it is mounted.
    package var point: String
    /// The group that the mount shows as its root.
    package var root: String
    /// The controllers of a version 1 hierarchy; empty for version 2.
    package var controllers: Set<String>
    /// Version 2.
    package var isUnified: Bool
  }

  /// The mounted hierarchies, from `/proc/self/mountinfo`.
  package var mounts: [Mount]
  /// This process's group by controller, from `/proc/self/cgroup`; "" is the unified hierarchy.
  package var memberships: [String: String]
  /// Reads the three files' texts.
  package init(mountinfo: String, membership: String) {
    mounts = mountinfo.split(separator: "\n").compactMap(Self.mount)
    memberships = [:]
    for line in membership.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      for controller in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
        memberships[String(controller)] = String(parts[2])
      }
    }
  }

  // proc(5): "36 35 98:0 ROOT POINT OPTIONS [TAG...] - TYPE SOURCE SUPER-OPTIONS"
  private static func mount(_ line: Substring) -> Mount? {
    let words = line.split(separator: " ")
    guard words.count > 6, let dash = words.firstIndex(of: "-"), dash + 3 < words.count else { return nil }
    let type = words[dash + 1]
    guard type == "cgroup" || type == "cgroup2" else { return nil }
    let options = Set(words[dash + 3].split(separator: ",").map(String.init))
    return Mount(
      point: String(words[4]), root: String(words[3]), controllers: type == "cgroup" ? options : [],
      isUnified: type == "cgroup2")
  }

  /// The version 1 hierarchy of a controller.
  func legacy(_ controller: String) -> Mount? {
    mounts.first { $0.controllers.contains(controller) }
  }

  /// The version 2 hierarchy.
  var unified: Mount? { mounts.first(where: \.isUnified) }

  /// The directory of this process's own group below a mount.
  ///
  /// In a container without a control group namespace the membership names a group that the mount does not show; then
  /// the mount's root is the best that is known.
  func ownDirectory(below mount: Mount, controller: String) -> String {
    guard let path = memberships[controller], path != "/" else { return mount.point }
    guard mount.root != "/" else { return mount.point + path }
    guard path.hasPrefix(mount.root + "/") else { return mount.point }
    return mount.point + path.dropFirst(mount.root.count)
  }
}
