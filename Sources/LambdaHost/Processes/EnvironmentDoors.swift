import HostSystem
import MicroHTTP

/// A Runtime API of its own for each environment, at a plain `host:port`, until the environment ends.
final class EnvironmentDoors: Sendable {
  private let servers = Lock<[EnvironmentID: HTTPServer]>([:])

  /// The start with the address of a server that speaks for this environment alone; nil where none can be had.
  func open(_ start: EnvironmentStart, _ serve: @escaping HTTPServer.Handler) -> EnvironmentStart? {
    let secret = start.api.drop { $0 != "/" }
    var configuration = HTTPServer.Configuration()
    configuration.threads = 1
    configuration.idleTimeoutSeconds = 0
    configuration.connectionLimit = 64
    configuration.bodyLimit = RuntimeAnswer.payloadLimit
    let server = try? HTTPServer(configuration) { request, exchange in
      var request = request
      request.path = secret + request.path
      serve(request, exchange)
    }
    guard let server else { return nil }
    servers.withLock { $0[start.environment] = server }
    var start = start
    start.api = "127.0.0.1:\(server.port)"
    return start
  }

  /// Closes the door of an environment that has ended.
  func close(_ environment: EnvironmentID) {
    servers.withLock { $0.removeValue(forKey: environment) }?.stop()
  }
}
