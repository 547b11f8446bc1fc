import HostSystem
import Jobs
import Sandbox

/// Interpreters of Python that have started, of which each program gets a copy in a sandbox of its own.
final class PythonForks: WarmStart, WarmStock {
  private struct State {
    var servers: [ForkServer] = []
    var next = 0
  }

  /// Programs after which an interpreter makes room for a new one, with other addresses and another seed of its hashes.
  static let mostPrograms = 500

  let name = WarmPool.python.rawValue
  private let template: SandboxRequest
  private let facts: BootFacts
  private let size: Int
  private let sandbox: Sandbox
  private let state = Lock(State())

  /// Forks for programs that start like this one; nil where that is no start of a Python program.
  init?(_ template: SandboxRequest, size: Int, in sandbox: Sandbox) {
    guard let program = Self.program(template) else { return nil }
    self.template = template
    facts = BootFacts(template, command: template.command[...program])
    self.size = size
    self.sandbox = sandbox
  }

  private static func program(_ request: SandboxRequest) -> Int? {
    request.command.firstIndex { $0.hasSuffix(".py") }
  }

  func run(_ program: PreparedProgram) throws(SandboxError) -> WarmRun? {
    guard program.language == .python, let script = Self.program(program.request),
      // Memory and files are limited in each copy anew, so they may differ from the template's.
      BootFacts(program.request, command: program.request.command[...script]).startsLike(facts), let server = take()
    else { return nil }
    do throws(SandboxError) {
      let outcome = try sandbox.run(program.request, by: server)
      return WarmRun(outcome: outcome, kind: .zygote, technique: .zygote)
    } catch {
      drop(server)
      // The server was gone, or could not make a sandbox: a cold start can still do it.
      if error.kind == .setup { return nil }
      throw error
    }
  }

  /// The servers take turns.
  private func take() -> ForkServer? {
    state.withLock { state in
      guard !state.servers.isEmpty else { return nil }
      state.next = (state.next + 1) % state.servers.count
      return state.servers[state.next]
    }
  }

  private func drop(_ server: ForkServer) {
    state.withLock { $0.servers.removeAll { $0 === server } }
  }

  var isShort: Bool { state.withLock { $0.servers.count { $0.programs < Self.mostPrograms } } < size }

  /// How many wait.
  var count: Int { state.withLock { $0.servers.count } }

  func startOne() throws {
    guard let server = try sandbox.startForkServer(template) else {
      throw SandboxError(.missing, "the sandbox \(sandbox.capabilities.backend) has no fork server")
    }
    // The old one serves until the new one is ready.
    state.withLock { state in
      if let worn = state.servers.firstIndex(where: { $0.programs >= Self.mostPrograms || !$0.isAlive }) {
        state.servers.remove(at: worn)
      }
      state.servers.append(server)
    }
  }

  func stop() { state.withLock { $0.servers = [] } }
}
