import HostSystem

/// Isolation by bubblewrap: the fallback, and the oracle that rce-jail must agree with.
struct BubblewrapBackend: SandboxBackend {
  let program: String
  let initProgram: [UInt8]
  let layout: SystemLayout
  let filter: SystemCallFilter
  let features: BubblewrapCommand.Features

  let name = "bubblewrap"
  let namespaces = ["cgroup", "ipc", "mount", "net", "pid", "user", "uts"]
  var forbidsNamespaces: Bool { features.disablesUserNamespaces }
  var filtersSystemCalls: Bool { features.filtersSystemCalls }

  func launch(
    _ request: SandboxRequest, _ limits: [ResourceLimit], user: UInt32?, by server: ForkServer?
  ) -> SandboxLaunch {
    let command = BubblewrapCommand(
      request, layout: layout, initProgram: initProgram, filter: filter, limits: limits, features: features)
    var process = ProcessRequest(program, command.arguments)
    process.userID = user
    return SandboxLaunch(process: process, contents: command.contents)
  }
}
