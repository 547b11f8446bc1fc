import CLinux
import Glibc
import HostSystem

/// Finds out whether programs can run without namespaces, which asks little of the kernel and something of the place.
struct PlainProbe {
  let configuration: SandboxConfiguration
  let layout: SystemLayout

  init(_ configuration: SandboxConfiguration, _ layout: SystemLayout) {
    self.configuration = configuration
    self.layout = layout
  }

  /// A starter that has run a program; throws what is in the way.
  func choose() throws(SandboxError) -> SandboxStarter {
    guard geteuid() != 0 else {
      throw SandboxError(.forbidden, "root's own programs are held by nothing: start the executor as another user")
    }
    guard access(configuration.jail, X_OK) == 0 else {
      throw SandboxError(
        .missing, "rce-jail is not at \(configuration.jail); it is built together with rce-executor")
    }
    let facts = try KernelFacts.probe(by: configuration.jail)
    try check(facts)
    let ground = PlainGround(directory: try OwnDirectory(configuration.temporaryDirectory), facts: facts)
    guard rce_become_subreaper() == 0 else { throw SandboxError(.setup, "\(SystemCallError("prctl"))") }
    let backend = PlainBackend(
      program: configuration.jail, layout: layout,
      filter: facts.seccomp ? try SystemCallFilter(sharesHost: true) : .none, facts: facts)
    let starter = SandboxStarter(backend: backend, ground: ground)
    try prove(starter, ground)
    return starter
  }

  /// Before anything is claimed or removed.
  private func check(_ facts: KernelFacts) throws(SandboxError) {
    guard facts.subreaper, facts.childLists else {
      throw SandboxError(.forbidden, "this kernel lets no process keep hold of its descendants (\(facts.summary))")
    }
    let given: Set<Protection> = facts.seccomp ? [.seccomp] : []
    let missing = configuration.floor.subtracting(given).map(\.rawValue).sorted().joined(separator: ", ")
    guard missing.isEmpty else {
      throw SandboxError(
        .forbidden,
        "rlimits gives less than the floor asks for (\(missing)); RCE_EXECUTOR_FLOOR="
          + (facts.seccomp ? "seccomp" : "none")
          + " accepts that where all programs of an executor may trust each other. This kernel: \(facts.summary)")
    }
  }

  private func prove(_ starter: SandboxStarter, _ ground: PlainGround) throws(SandboxError) {
    var problem: String?
    let request = SandboxRequest(["/usr/bin/env"], limits: SandboxProbe.limits)
    let outcome = try ground.run(request, by: starter) { problem = problem ?? $0 }
    if let problem { throw SandboxError(.cleanup, problem) }
    guard outcome.end == .exited(0) else {
      throw SandboxError(.setup, "a program without namespaces \(outcome.end.phrase)")
    }
  }
}
