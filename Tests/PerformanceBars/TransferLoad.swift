import Curl
import HostSystem

/// Plain keep-alive GETs, so many in flight at once, as fast as the target answers: what one request costs.
///
/// Runs in a process of its own, whose CPU time its parent reads.
struct TransferLoad {
  let url: String
  let requests: Int
  let inFlight: Int

  func run() throws {
    var loop = try TransferLoop(TransferLimits(connections: inFlight), wakeSignal: WakeSignal())
    let headers = SharedHeaders([("Accept", "application/json")])
    var started = 0
    func next(_ tag: Int) -> TransferRequest {
      started += 1
      return TransferRequest(url: url, headers: headers, timeoutMilliseconds: 10_000, tag: tag)
    }
    for tag in 0..<min(inFlight, requests) { try loop.start(next(tag)) }
    while loop.active > 0 {
      loop.perform()
      while let report = loop.nextReport() {
        guard try report.result.get().status == 200 else {
          throw TransferLoadError(status: try report.result.get().status)
        }
        if started < requests { try loop.start(next(report.tag)) }
      }
      loop.wait(until: nil)
    }
  }
}

/// The target did not answer with 200.
struct TransferLoadError: Error {
  let status: Int
}
