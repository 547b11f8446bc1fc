import HostSystem

/// Isolation by rce-jail, this project's own.
struct JailBackend: SandboxBackend {
  let program: String
  let layout: SystemLayout
  let filter: SystemCallFilter
  let mode: JailConfiguration.Mode
  let hasOwnUsers: Bool

  let name = "rce-jail"
  var namespaces: [String] {
    ["cgroup", "ipc", "mount", "net", "pid"] + (mode.usesUserNamespace ? ["user"] : []) + ["uts"]
  }
  // Whoever cannot call clone(2) with a namespace's flag, unshare(2) or setns(2), needs no other fence.
  var forbidsNamespaces: Bool { mode.filtersSystemCalls }
  var filtersSystemCalls: Bool { mode.filtersSystemCalls }

  func launch(_ request: SandboxRequest, _ limits: [ResourceLimit], user: UInt32?) -> SandboxLaunch {
    let configuration = JailConfiguration(
      request, layout: layout, filter: filter, limits: limits, mode: mode, user: user ?? 0)
    return SandboxLaunch(
      process: ProcessRequest(program), contents: [BubblewrapCommand.Content(bytes: configuration.bytes)])
  }
}
