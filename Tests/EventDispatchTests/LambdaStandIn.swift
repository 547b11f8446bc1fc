import HostSystem
import MicroHTTP

/// Lambda for one test: the Runtime API of one function, and the Invoke API of the one that it calls.
final class LambdaStandIn: Sendable {
  /// What the invoked function answers: its payload and, where it failed, the kind of its error.
  typealias Executor = @Sendable (_ payload: [UInt8]) -> (status: Int, body: String, error: String?)

  private struct State {
    var event: (payload: String, deadline: Int64)?
    var waiting: HTTPExchange?
    var answer: String?
    var errorType: String?
    var running = 0
    var mostRunning = 0
  }

  private let state = Lock(State())
  private let server: HTTPServer
  /// Host and port of both.
  let address: String

  init(_ executor: @escaping Executor) throws {
    server = try HTTPServer { [state] request, exchange in
      Self.handle(request, exchange, state, executor)
    }
    address = "127.0.0.1:\(server.port)"
  }

  deinit { server.stop() }

  private static func handle(
    _ request: HTTPRequest, _ exchange: HTTPExchange, _ state: Lock<State>, _ executor: @escaping Executor
  ) {
    if request.path.hasSuffix("/invocation/next") {
      state.withLock { state in
        state.waiting = exchange
        serve(&state)
      }
    } else if request.path.hasSuffix("/invocations") {
      state.withLock { state in
        state.running += 1
        state.mostRunning = max(state.mostRunning, state.running)
      }
      _ = try? NativeThread(named: "invoke") {
        let answer = executor(request.body)
        state.withLock { $0.running -= 1 }
        let error = answer.error.map { [(name: "X-Amz-Function-Error", value: $0)] } ?? []
        exchange.answer(
          HTTPResponse(
            status: answer.status, headers: [(name: "x-amzn-RequestId", value: "r-1")] + error,
            body: Array(answer.body.utf8)))
      }
    } else {
      state.withLock { state in
        state.answer = String(decoding: request.body, as: UTF8.self)
        state.errorType = request.header("lambda-runtime-function-error-type")
      }
      state.notifyAll()
      exchange.answer(HTTPResponse(status: 202))
    }
  }

  private static func serve(_ state: inout State) {
    guard let exchange = state.waiting, let event = state.event else { return }
    state.waiting = nil
    state.event = nil
    exchange.answer(
      HTTPResponse(
        status: 200,
        headers: [
          (name: "Lambda-Runtime-Aws-Request-Id", value: "e-1"),
          (name: "Lambda-Runtime-Deadline-Ms", value: "\(event.deadline)"),
        ], body: Array(event.payload.utf8)))
  }

  /// Hands the function an event and waits for what it answers.
  func answer(to event: String, within milliseconds: Int64 = 20_000) -> (text: String, errorType: String?)? {
    state.withLock { state in
      state.event = (event, WallClock.milliseconds + milliseconds)
      state.answer = nil
      Self.serve(&state)
    }
    return end(within: milliseconds)
  }

  /// Waits for an answer, or for the news that the function cannot start.
  func end(within milliseconds: Int64 = 20_000) -> (text: String, errorType: String?)? {
    state.wait(until: .now + milliseconds * 1_000_000) { state in
      state.answer.map { (text: $0, errorType: state.errorType) }
    }
  }

  /// Invocations that ran at once, at most.
  var mostRunning: Int { state.withLock { $0.mostRunning } }
}
