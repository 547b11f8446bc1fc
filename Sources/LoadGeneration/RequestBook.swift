import Curl
import FoundationEssentials
import Jobs
import Scenarios

/// Every request that a run sends, prepared once: a submission's bytes never change from one job to the next.
final class RequestBook {
  private let submitURL: String
  private let statusURL: String
  private let submitHeaders: SharedHeaders
  private let statusHeaders: SharedHeaders
  private let bodies: [SharedBody]
  private let timeout: Int

  init(_ target: Target, _ mix: [MixEntry]) {
    submitURL = target.baseURL + "/execute"
    statusURL = target.baseURL + "/job-status/"
    let own = target.headers.map { ($0.name, $0.value) }
    submitHeaders = SharedHeaders([("Content-Type", "application/json"), ("Accept", "application/json")] + own)
    statusHeaders = SharedHeaders([("Accept", "application/json")] + own)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    bodies = mix.map { entry in
      // Strings and whole numbers always encode.
      SharedBody((try? encoder.encode(entry.submission)) ?? Data())
    }
    timeout = max(Int(target.http.requestTimeout.inNanoseconds / 1_000_000), 1)
  }

  /// The submission of an entry of the mix.
  func submission(entry: Int, tag: Int) -> TransferRequest {
    TransferRequest(
      url: submitURL, headers: submitHeaders, body: bodies[entry], timeoutMilliseconds: timeout, tag: tag)
  }

  /// A status read, with the time that it is held open on top of the time-out.
  func status(of id: String, waitSeconds: Int?, tag: Int) -> TransferRequest {
    TransferRequest(
      url: statusURL + id + (waitSeconds.map { "?wait=\($0)" } ?? ""), headers: statusHeaders,
      timeoutMilliseconds: timeout + (waitSeconds ?? 0) * 1_000, tag: tag)
  }
}
