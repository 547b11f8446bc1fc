import Glibc
import HostSystem
import MicroHTTP

/// The API for events of API Gateway: one at a time, each answered before the next is taken.
public struct GatewayService: Sendable {
  private let service: APIService
  private let bodyLimit: Int

  /// The API on these backends; nothing is watched between the events, since a function sleeps then.
  public init(_ configuration: APIConfiguration, _ backends: APIBackends) {
    service = APIService(configuration, backends, QueueWatch(backends), APIMetrics())
    bodyLimit = configuration.bodyLimit
  }

  /// Answers an event; nil for one of another kind.
  public func answer(_ payload: [UInt8]) -> [UInt8]? {
    guard let event = GatewayEvent(payload, bodyLimit: bodyLimit) else { return nil }
    return GatewayAnswer(answer(event.request), to: event.format).json
  }

  private func answer(_ request: HTTPRequest) -> HTTPResponse {
    switch service.answer(request) {
    case .now(let response): response
    case .wait(let wait): answer(wait)
    }
  }

  /// Looks again and again: the function runs for this one client only, and is billed for as long as it waits.
  private func answer(_ wait: StatusWait) -> HTTPResponse {
    let end = MonotonicInstant.now + Int64(wait.milliseconds) * 1_000_000
    while true {
      let reading = service.read(wait.job)
      guard case .pending = reading, MonotonicInstant.now < end else { return wait.answer(reading) }
      usleep(25_000)
    }
  }
}
