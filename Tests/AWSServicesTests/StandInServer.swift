import Curl
import HostSystem
import MicroHTTP

/// A real server on a free loopback port that answers as it is told and remembers what it was asked.
final class StandInServer: Sendable {
  /// A request as a test looks at it.
  struct Asked: Sendable {
    var method: String
    var path: String
    var headers: [(name: String, value: String)]

    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
  }

  /// Status, body and headers for the nth request, counted from 0.
  typealias Handler = @Sendable (_ request: Asked, _ number: Int) -> (Int, String, [(name: String, value: String)])

  private let seen: Lock<[Asked]>
  private let server: HTTPServer

  init(_ handler: @escaping Handler) throws {
    let seen = Lock<[Asked]>([])
    self.seen = seen
    server = try HTTPServer { request, exchange in
      let asked = Asked(
        method: request.method, path: request.path, headers: request.headers.map { (name: $0.name, value: $0.value) })
      let number = seen.withLock { all in
        all.append(asked)
        return all.count - 1
      }
      let (status, body, headers) = handler(asked, number)
      exchange.answer(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
    }
  }

  deinit { server.stop() }

  var url: String { "http://127.0.0.1:\(server.port)" }
  var requests: [Asked] { seen.withLock { $0 } }
  func stop() { server.stop() }
}
