import HostSystem

/// Isolation by rce-jail, this project's own.
struct JailBackend: SandboxBackend {
  let program: String
  let layout: SystemLayout
  let filter: SystemCallFilter
  let mode: JailConfiguration.Mode
  let users: SandboxUsers?

  /// What a server can make for all sandboxes; nil where only a user namespace of its own lets a sandbox mount.
  var template: [UInt8]? {
    guard let users else { return nil }
    return JailConfiguration(layout: layout, users: users.all).bytes
  }

  let name = "rce-jail"
  var namespaces: [String] {
    ["cgroup", "ipc", "mount", "net", "pid"] + (mode.usesUserNamespace ? ["user"] : []) + ["uts"]
  }
  // Whoever cannot call clone(2) with a namespace's flag, unshare(2) or setns(2), needs no other fence.
  var forbidsNamespaces: Bool { mode.filtersSystemCalls }
  var filtersSystemCalls: Bool { mode.filtersSystemCalls }

  /// Whether nothing of the request must be written where all programs would find it.
  private static func fitsStage(_ request: SandboxRequest) -> Bool {
    request.files.allSatisfy { $0.path.hasPrefix("/box/") || $0.path.hasPrefix("/tmp/") }
      && request.mounts.allSatisfy { KernelFile.isDirectory($0.source) }
  }

  func launch(
    _ request: SandboxRequest, _ limits: [ResourceLimit], user: UInt32?, by server: ForkServer?
  ) -> SandboxLaunch {
    var mode = mode
    mode.isStaged = server?.isStaged == true && Self.fitsStage(request)
    let configuration = JailConfiguration(
      request, layout: layout, filter: filter, limits: limits, mode: mode, user: user ?? 0)
    return SandboxLaunch(
      process: ProcessRequest(program), server: server,
      contents: [BubblewrapCommand.Content(bytes: configuration.bytes)])
  }
}
