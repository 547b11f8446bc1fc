import HostSystem
import MicroHTTP

/// A server that answers its health and nothing else while it runs.
final class SlowServer: Sendable {
  private let server: HTTPServer

  init(health: String) throws {
    server = try HTTPServer { request, exchange in
      // What is kept and never answered is answered with 503 when the server stops.
      if request.path == health { exchange.answer(HTTPResponse(status: 200, text: "{}")) }
    }
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  func stop() { server.stop() }
}
