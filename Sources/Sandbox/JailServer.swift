import HostSystem

/// An rce-jail that stays, started anew where it was lost.
final class JailServer: Sendable {
  private struct State {
    var server: ForkServer?
    var starts = 0
  }

  /// A server that is lost this often does not work here.
  private static let mostStarts = 100
  private let program: String
  private let template: [UInt8]?
  private let state = Lock(State())

  init(program: String, template: [UInt8]?) {
    self.program = program
    self.template = template
  }

  /// The server; nil where there is none, and each sandbox needs an rce-jail of its own.
  var current: ForkServer? {
    state.withLock { state in
      if let server = state.server, server.isAlive { return server }
      guard state.starts < Self.mostStarts else { return nil }
      state.starts += 1
      state.server = try? ForkServer(jail: program, template: template)
      return state.server
    }
  }
}
