import HostSystem

/// The platform's answers as bytes.
enum PlatformAnswer {
  static func json(_ status: Int, _ body: String, headers: String = "") -> [UInt8] {
    Array(
      ("HTTP/1.1 \(status) Status\r\nContent-Type: application/json\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n"
        + body).utf8)
  }

  static let refusal = json(429, "{}", headers: "Retry-After: \(PlatformBehaviour.retryAfter)\r\n")
  static let running = json(200, #"{"status":"running","timestamp":1}"#)

  static func receipt(_ id: String) -> [UInt8] {
    json(202, #"{"jobId":"\#(id)","status":"queued"}"#)
  }

  /// The head and all of the body but its last bytes.
  static func truncated(_ answer: [UInt8]) -> [UInt8] { Array(answer.dropLast(12)) }

  static func result(of job: PlatformJob) -> [UInt8] {
    switch job.fault {
    case .error:
      json(200, #"{"status":"failed","error":"Runtime error: on purpose","timestamp":1}"#)
    case .wrongOutput: json(200, #"{"status":"completed","result":"other","timestamp":1}"#)
    default:
      json(
        200,
        #"{"status":"completed","result":"done","timestamp":1,"timings":{\#(timings(of: job))}}"#)
    }
  }

  /// The platform's instants on the wall clock, in microseconds.
  private static func timings(of job: PlatformJob) -> String {
    let shift = WallClock.microseconds - MonotonicInstant.now.nanoseconds / 1_000
    let (received, ends, visible) = (
      job.received / 1_000 + shift, job.ends / 1_000 + shift, job.visible / 1_000 + shift
    )
    return
      #""s0":\#(received),"s1":\#(received),"s2":\#(received),"s3":\#(received),"s4":\#(received),"#
      + #""s5":\#(ends),"s6":\#(visible),"coldStart":false"#
  }
}
