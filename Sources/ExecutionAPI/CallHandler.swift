import HostSystem
import Logging
import MicroHTTP

/// Takes requests from a socket to the service, and sees to it that each is answered, counted and logged once.
struct CallHandler: Sendable {
  let service: APIService
  let polls: LongPolls
  let metrics: APIMetrics
  let log: Logger

  func handle(_ request: HTTPRequest, _ exchange: HTTPExchange) {
    let call = Call(request, exchange)
    switch service.answer(request) {
    case .now(let response): finish(call, response)
    case .wait(let wait):
      metrics.longPolls(+1)
      polls.wait(for: wait.job, until: call.start + Int64(wait.milliseconds) * 1_000_000) { reading in
        metrics.longPolls(-1)
        finish(call.waiting, wait.answer(reading))
      }
    }
  }

  private func finish(_ call: Call, _ response: HTTPResponse) {
    let nanoseconds = MonotonicInstant.now - call.start
    metrics.answered(call.route, method: call.method, status: response.status, nanoseconds: nanoseconds)
    log.debug(
      "request",
      metadata: [
        "method": "\(call.method)", "path": "\(call.path)", "status": "\(response.status)",
        "microseconds": "\(nanoseconds / 1_000)",
      ])
    call.exchange.answer(response)
  }
}

/// What is kept of a request until it is answered; its body is not.
private struct Call: Sendable {
  let exchange: HTTPExchange
  let start: MonotonicInstant
  let method: String
  let path: String
  /// The label that counts it: bounded, whatever is asked for.
  var route: String

  init(_ request: HTTPRequest, _ exchange: HTTPExchange) {
    self.exchange = exchange
    start = .now
    let route = Route.match(request.path)?.route
    let isKnown = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"].contains(request.method)
    method = isKnown ? request.method : "other"
    self.route = route?.rawValue ?? "other"
    path = String(request.path.prefix(200))
  }

  /// The same call under a label of its own: how long it takes is the client's wish.
  var waiting: Self {
    var call = self
    call.route += "?wait"
    return call
  }
}
