import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import LambdaHost
import MicroHTTP
import StackControl

/// One environment of a bootstrap, started as rce-lambda-host starts it, with the Runtime API played by this process.
final class Environment: Sendable {
  private struct State {
    var waiting: HTTPExchange?
    var answers: [Answer] = []
    var firstAsked: MonotonicInstant?
  }

  /// What a bootstrap answered, and when.
  private struct Answer {
    var body: [UInt8]
    var instant: MonotonicInstant
    var isError: Bool
  }

  private let state: Lock<State>
  private let server: HTTPServer
  private let child: ChildProcess
  private let started: MonotonicInstant
  private static let patience: Int64 = 60_000_000_000

  init(_ bench: Bench, program: String = "rce-executor", variables: [String: String]) throws {
    let state = Lock(State())
    self.state = state
    server = try HTTPServer { request, exchange in
      let now = MonotonicInstant.now
      if request.path.hasSuffix("/runtime/invocation/next") {
        state.withLock { state in
          state.waiting = exchange
          state.firstAsked = state.firstAsked ?? now
        }
      } else {
        let answer = Answer(body: request.body, instant: now, isError: request.path.hasSuffix("/error"))
        state.withLock { $0.answers.append(answer) }
        exchange.answer(HTTPResponse(status: 202))
      }
      state.notifyAll()
    }
    var launch = ExecutorLaunch(path: try ProgramLocation().own(program), memoryMB: 1_769)
    launch.variables = variables.merging(["RCE_EXECUTOR_CACHE": try bench.preparedFolder()]) { given, _ in given }
    let request = launch.request(
      EnvironmentStart(environment: EnvironmentID(1), api: "127.0.0.1:\(server.port)", name: "executor-bars"), log: -1)
    started = .now
    child = try ChildProcess(request)
  }

  var id: Int32 { child.id }

  /// Waits until the environment asks for work.
  func waitUntilIdle() throws {
    guard state.wait(until: .now + Self.patience, { $0.waiting != nil ? true : nil }) != nil else {
      throw BenchError("the bootstrap did not ask for work within 60 s")
    }
  }

  /// Milliseconds from its start to its first request for work, once that has come.
  func timeToFirstNext() throws -> Double {
    try waitUntilIdle()
    return Double((state.withLock { $0.firstAsked } ?? .now) - started) / 1e6
  }

  /// Gives it a program, and waits for the answer and for the next request for work.
  func execute(_ program: Program) throws {
    let answer = try call([UInt8](try JSONEncoder().encode(program.request())))
    let result = try JSONDecoder().decode(ExecutionResult.self, from: Data(answer.body))
    guard result.details.stdout.bytes == Array(program.output.utf8) else {
      throw BenchError("\(program.language.title) failed in an environment: \(result.error ?? "wrong output")")
    }
  }

  /// Gives it a payload, and waits for the answer and for the next request for work; milliseconds are those from the
  /// hand-over to the answer.
  func call(_ payload: [UInt8]) throws -> (body: [UInt8], milliseconds: Double) {
    let number = state.withLock { $0.answers.count }
    let waiting = state.withLock { $0.waiting.take() }
    let headers = [
      ("Lambda-Runtime-Aws-Request-Id", "\(JobID())"),
      ("Lambda-Runtime-Deadline-Ms", "\(WallClock.milliseconds + 60_000)"),
    ]
    let handed = MonotonicInstant.now
    waiting?.answer(HTTPResponse(status: 200, headers: headers, body: payload))
    let answer = state.wait(until: .now + Self.patience) { $0.answers.count > number ? $0.answers[number] : nil }
    guard let answer, !answer.isError else {
      throw BenchError("the bootstrap answered \(answer.map { String(decoding: $0.body, as: UTF8.self) } ?? "nothing")")
    }
    try waitUntilIdle()
    return (answer.body, Double(answer.instant - handed) / 1e6)
  }

  func stop() {
    child.signal(SIGKILL)
    _ = try? child.wait()
    server.stop()
  }
}
