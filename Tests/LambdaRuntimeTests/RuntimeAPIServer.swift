import HostSystem
import MicroHTTP

/// The other side of the Runtime API, for one environment: work is handed in, answers are taken out.
final class RuntimeAPIServer: Sendable {
  /// What an environment posted.
  struct Post: Sendable {
    var path: String
    var errorType: String?
    var text: String
  }

  private struct State {
    var work: [(id: String, payload: String, deadline: Int64)] = []
    var waiting: HTTPExchange?
    var asked: MonotonicInstant?
    var posts: [Post] = []
  }

  private let state = Lock(State())
  private let server: HTTPServer
  /// What AWS_LAMBDA_RUNTIME_API says; it has a path, as it has behind rce-lambda-host.
  let address: String

  init() throws {
    server = try HTTPServer { [state] request, exchange in Self.handle(request, exchange, state) }
    address = "127.0.0.1:\(server.port)/environments/e1"
  }

  private static func handle(_ request: HTTPRequest, _ exchange: HTTPExchange, _ state: Lock<State>) {
    let base = "/environments/e1/2018-06-01/runtime/"
    guard request.path.hasPrefix(base) else { return exchange.answer(HTTPResponse(status: 404)) }
    if request.method == "GET" && request.path == base + "invocation/next" {
      state.withLock { state in
        state.waiting = exchange
        state.asked = state.asked ?? .now
        serve(&state)
      }
    } else {
      let post = Post(
        path: String(request.path.dropFirst(base.count)),
        errorType: request.header("lambda-runtime-function-error-type"),
        text: String(decoding: request.body, as: UTF8.self))
      state.withLock { $0.posts.append(post) }
      exchange.answer(HTTPResponse(status: 202))
    }
    state.notifyAll()
  }

  private static func serve(_ state: inout State) {
    guard let exchange = state.waiting, !state.work.isEmpty else { return }
    state.waiting = nil
    let work = state.work.removeFirst()
    exchange.answer(
      HTTPResponse(
        status: 200,
        headers: [
          ("Lambda-Runtime-Aws-Request-Id", work.id), ("Lambda-Runtime-Deadline-Ms", "\(work.deadline)"),
        ], body: Array(work.payload.utf8)))
  }

  /// Hands work in.
  func invoke(_ id: String, _ payload: String, deadline: Int64 = WallClock.milliseconds + 60_000) {
    state.withLock { state in
      state.work.append((id, payload, deadline))
      Self.serve(&state)
    }
  }

  /// Waits for the post with this number, the first being 0.
  func post(_ number: Int) -> Post? {
    state.wait(until: .now + 20_000_000_000) { $0.posts.count > number ? $0.posts[number] : nil }
  }

  /// Waits for the environment to ask for work; says when it first did.
  func firstAsked() -> MonotonicInstant? {
    state.wait(until: .now + 20_000_000_000) { $0.waiting == nil ? nil : $0.asked }
  }
}
