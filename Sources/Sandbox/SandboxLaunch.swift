import HostSystem

/// How the processes of one request are started: what the supervisor needs of a backend.
struct SandboxLaunch: Sendable {
  /// The backend's program; its descriptors from 3 on are the supervisor's business.
  var process: ProcessRequest
  /// Copied instead of starting the program.
  var server: ForkServer?
  /// What its descriptors from 5 on hold.
  var contents: [BubblewrapCommand.Content]
  /// Whether the program of the backend ends what it has started when it is asked to, and must not be killed before.
  var endsOnRequest = false
  /// The network namespace that the descriptor after them is.
  var network: JailNetwork?
}

extension SandboxLaunch {
  /// Starts it with its descriptors in the order of rce-jail's and bubblewrap's: the program's three, reports, first
  /// process, contents.
  func begin(_ descriptors: [Int32]) throws(SystemCallError) -> SandboxProcess {
    if let server {
      // It has no use for the descriptor that tells the first process.
      let own = [descriptors[5]] + descriptors[0..<4] + descriptors[6...]
      return try server.fork(Array(own), groups: process.controlGroups)
    }
    var request = process
    request.descriptors = descriptors
    return endsOnRequest ? .plain(try ChildProcess(request)) : .program(try ChildProcess(request))
  }
}

/// A way to isolate programs.
protocol SandboxBackend: Sendable {
  /// What it is called in results.
  var name: String { get }
  /// Namespaces that it unshares.
  var namespaces: [String] { get }
  /// Whether the program is kept from making namespaces of its own.
  var forbidsNamespaces: Bool { get }
  /// Whether the program's system calls are filtered.
  var filtersSystemCalls: Bool { get }

  /// How to start a request as a host user, by a server where there is one.
  func launch(
    _ request: SandboxRequest, _ limits: [ResourceLimit], user: UInt32?, by server: ForkServer?
  ) -> SandboxLaunch
}
