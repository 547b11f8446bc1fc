import FoundationEssentials
import HostSystem
import JobBackends
public import MicroHTTP

/// Tells of a host over HTTP: `/health`, `/metrics` for Prometheus, `/environments` as JSON.
public final class HostMonitor: Sendable {
  private let server: HTTPServer
  /// The port that it listens on.
  public var port: UInt16 { server.port }

  /// Starts to listen.
  ///
  /// - Parameters:
  ///   - configuration: where; loopback unless said otherwise.
  ///   - version: of the program.
  ///   - trouble: why the host cannot do its work at present, or nil; asked for each `/health`.
  public init(
    _ configuration: HTTPServer.Configuration, _ figures: HostFigures, version: String,
    trouble: @escaping @Sendable () -> String?
  ) throws(HTTPServerError) {
    server = try HTTPServer(configuration) { request, exchange in
      guard request.method == "GET" || request.method == "HEAD" else {
        return exchange.answer(HTTPResponse(status: 405, headers: [("Allow", "GET, HEAD")]))
      }
      switch request.path {
      case "/metrics":
        let text = figures.metrics(version: version)
        exchange.answer(HTTPResponse(status: 200, contentType: "text/plain; version=0.0.4", text: text))
      case "/environments": exchange.answer(Self.json(200, figures.host.snapshot))
      case "/health":
        let reason = trouble()
        let status = reason == nil ? "ok" : "unavailable"
        let health = Health(status: status, version: version, reason: reason, sandbox: figures.sandbox)
        exchange.answer(Self.json(reason == nil ? 200 : 503, health))
      default: exchange.answer(HTTPResponse(status: 404, text: "/health, /metrics and /environments are here\n"))
      }
    }
  }

  /// Stops to listen.
  public func stop() { server.stop() }

  private struct Health: Encodable {
    var status: String
    var version: String
    var reason: String?
    var sandbox: SandboxCheck
  }

  private static func json(_ status: Int, _ value: some Encodable) -> HTTPResponse {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(value) else { return HTTPResponse(status: 500) }
    return HTTPResponse(status: status, contentType: "application/json", body: [UInt8](data))
  }
}
