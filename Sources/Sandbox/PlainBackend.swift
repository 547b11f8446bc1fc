import Glibc
import HostSystem

/// Limits and one supervisor for each program, without namespaces: the last resort, of which Landlock and a filter of
/// system calls are a part where the kernel has them.
struct PlainBackend: SandboxBackend {
  let program: String
  let layout: SystemLayout
  let filter: SystemCallFilter
  let facts: KernelFacts

  let name = "rlimits"
  let namespaces: [String] = []
  var forbidsNamespaces: Bool { facts.seccomp || !facts.namespaces.contains("user") }
  var filtersSystemCalls: Bool { facts.seccomp }

  func launch(
    _ request: SandboxRequest, _ limits: [ResourceLimit], user: UInt32?, by server: ForkServer?
  ) -> SandboxLaunch {
    var mode = JailConfiguration.Mode(usesUserNamespace: false, filtersSystemCalls: facts.seccomp)
    mode.hasNoNamespaces = true
    mode.usesLandlock = facts.landlock > 0
    let configuration = JailConfiguration(
      plain: request, layout: layout, filter: filter, limits: limits + backstops(request.limits), mode: mode)
    var process = ProcessRequest(program)
    // What a program sends to the group of its parent does not reach the executor.
    process.newSession = true
    return SandboxLaunch(
      process: process, contents: [BubblewrapCommand.Content(bytes: configuration.bytes)], endsOnRequest: true)
  }

  /// The kernel's own limit on processes counts all of the user's, so it cannot be exact: it keeps a burst small until
  /// the next reading of the tree.
  private func backstops(_ limits: SandboxLimits) -> [ResourceLimit] {
    let most = UserThreads.count(of: geteuid()) + limits.processes + 32
    return [ResourceLimit(__RLIMIT_NPROC.rawValue, soft: most, hard: most)]
  }
}
