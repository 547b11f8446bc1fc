import HostSystem
public import JobBackends
import Jobs
public import Logging
public import MicroHTTP

/// The API on a socket of its own.
public final class APIServer: Sendable {
  private let service: APIService
  private let watch: QueueWatch
  private let polls: LongPolls
  private let notifications: any JobNotifications
  private let server: HTTPServer

  /// Starts to listen, for news of ended jobs first and then for clients.
  public init(
    _ listening: HTTPServer.Configuration, _ configuration: APIConfiguration, _ backends: APIBackends,
    _ notifications: any JobNotifications, log: Logger
  ) throws {
    let metrics = APIMetrics()
    let watch = QueueWatch(backends)
    let service = APIService(configuration, backends, watch, metrics)
    let polls = try LongPolls { service.read($0) }
    let calls = CallHandler(service: service, polls: polls, metrics: metrics, log: log)
    do {
      try notifications.start(finished: { polls.finished($0) }, resynchronise: { polls.resynchronise() })
      try watch.start()
      var listening = listening
      listening.bodyLimit = configuration.bodyLimit
      server = try HTTPServer(listening) { request, exchange in calls.handle(request, exchange) }
    } catch {
      notifications.stop()
      watch.stop()
      polls.stop { service.stopping($0) }
      throw error
    }
    self.service = service
    self.watch = watch
    self.polls = polls
    self.notifications = notifications
  }

  /// The port that the server listens on.
  public var port: UInt16 { server.port }

  /// Stops accepting, lets running requests end, answers whoever waits for a job with 503, and joins every thread.
  public func stop() {
    server.stopAccepting()
    polls.stop { [service] in service.stopping($0) }
    server.stop()
    notifications.stop()
    watch.stop()
  }
}
