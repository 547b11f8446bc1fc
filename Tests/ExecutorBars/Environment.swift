import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import LambdaHost
import MicroHTTP
import StackControl

/// One execution environment, started as rce-lambda-host starts it, with the Runtime API played by this process.
final class Environment: Sendable {
  private struct State {
    var waiting: HTTPExchange?
    var answers: [[UInt8]] = []
  }

  private let state: Lock<State>
  private let server: HTTPServer
  private let child: ChildProcess
  private static let patience: Int64 = 60_000_000_000

  init(_ bench: Bench, variables: [String: String]) throws {
    let state = Lock(State())
    self.state = state
    server = try HTTPServer { request, exchange in
      if request.path.hasSuffix("/runtime/invocation/next") {
        state.withLock { $0.waiting = exchange }
      } else {
        state.withLock { $0.answers.append(request.body) }
        exchange.answer(HTTPResponse(status: 202))
      }
      state.notifyAll()
    }
    var launch = ExecutorLaunch(path: try ProgramLocation().own("rce-executor"), memoryMB: 1_769)
    launch.variables = variables.merging(["RCE_EXECUTOR_CACHE": try bench.preparedFolder()]) { given, _ in given }
    child = try ChildProcess(
      launch.request(
        EnvironmentStart(environment: EnvironmentID(1), api: "127.0.0.1:\(server.port)", name: "executor-bars"),
        log: -1))
  }

  var id: Int32 { child.id }

  /// Waits until the environment asks for work.
  func waitUntilIdle() throws {
    guard state.wait(until: .now + Self.patience, { $0.waiting != nil ? true : nil }) != nil else {
      throw BenchError("rce-executor did not ask for work within 60 s")
    }
  }

  /// Gives it a program, and waits for the answer and for the next request for work.
  func execute(_ program: Program) throws {
    let payload = try JSONEncoder().encode(program.request())
    let number = state.withLock { $0.answers.count }
    let waiting = state.withLock { $0.waiting.take() }
    let headers = [
      ("Lambda-Runtime-Aws-Request-Id", "\(JobID())"),
      ("Lambda-Runtime-Deadline-Ms", "\(WallClock.milliseconds + 60_000)"),
    ]
    waiting?.answer(HTTPResponse(status: 200, headers: headers, body: [UInt8](payload)))
    let answer = state.wait(until: .now + Self.patience) { $0.answers.count > number ? $0.answers[number] : nil }
    let result = try JSONDecoder().decode(ExecutionResult.self, from: Data(answer ?? []))
    guard result.details.stdout.bytes == Array(program.output.utf8) else {
      throw BenchError("\(program.language.title) failed in an environment: \(result.error ?? "wrong output")")
    }
    try waitUntilIdle()
  }

  func stop() {
    child.signal(SIGKILL)
    _ = try? child.wait()
    server.stop()
  }
}
