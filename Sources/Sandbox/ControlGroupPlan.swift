/// A way to get control groups for jobs: what to prepare, and where a job's groups are then made.
package struct ControlGroupPlan: Sendable, Equatable {
  /// Which interface.
  package enum Version: String, Sendable {
    case v1
    case v2
  }

  /// Something to do once, in order; a step that fails rules the plan out.
  package enum Step: Sendable, Equatable {
    /// Make a group unless it exists.
    case make(String)
    /// Let the children of a group have memory and process limits (version 2).
    case enable(String)
    /// Move every process of a group into a leaf below it: version 2 forbids processes beside groups that have
    /// controllers, and whoever started this process is in the same group.
    case vacate(String, into: String)
  }

  package var version: Version
  package var steps: [Step]
  /// Where groups for memory are made.
  package var memory: String
  /// Where groups for process counts are made.
  package var pids: String
  /// Where groups for CPU accounting are made; nil where there is none.
  package var cpu: String?

  /// The controllers that a job's limits need.
  static let needed = ["memory", "pids"]

  /// The ways that are open, best first.
  ///
  /// - Parameter unifiedControllers: what `cgroup.controllers` at the unified mount says.
  package static func candidates(
    _ facts: ControlGroupFacts, unifiedControllers: String, isRoot: Bool
  ) -> [Self] {
    let controllers = Set(unifiedControllers.split(whereSeparator: \.isWhitespace).map(String.init))
    if let mount = facts.unified, controllers.isSuperset(of: needed) {
      let own = facts.ownDirectory(below: mount, controller: "")
      return (isRoot ? [subtree(of: mount.point)] : []) + [delegated(own)]
    }
    return legacy(facts)
  }

  /// Root's own subtree beside the groups of the machine's service manager.
  private static func subtree(of root: String) -> Self {
    unified(root + "/rce-sandbox", after: [.enable(root)])
  }

  /// A subtree of the group that this process was started in, as a service manager delegates it.
  ///
  /// A process whose parent has been through this is born in the leaf, and shares the subtree beside it.
  private static func delegated(_ own: String) -> Self {
    let leaf = "/rce-supervisor"
    let base = own.hasSuffix(leaf) ? String(own.dropLast(leaf.count)) : own
    return unified(
      base + "/rce-sandbox",
      after: [.make(base + leaf), .vacate(base, into: base + leaf), .enable(base)])
  }

  private static func unified(_ parent: String, after steps: [Step]) -> Self {
    Self(version: .v2, steps: steps + [.make(parent), .enable(parent)], memory: parent, pids: parent, cpu: parent)
  }

  /// Version 1: below this process's own groups, so that the limits above them still hold; else below the roots.
  private static func legacy(_ facts: ControlGroupFacts) -> [Self] {
    guard let memory = facts.legacy("memory"), let pids = facts.legacy("pids") else { return [] }
    let cpu = facts.legacy("cpuacct")
    let own = Self(
      version: .v1, steps: [], memory: facts.ownDirectory(below: memory, controller: "memory"),
      pids: facts.ownDirectory(below: pids, controller: "pids"),
      cpu: cpu.map { facts.ownDirectory(below: $0, controller: "cpuacct") })
    let roots = Self(version: .v1, steps: [], memory: memory.point, pids: pids.point, cpu: cpu?.point)
    return own == roots ? [own] : [own, roots]
  }
}
