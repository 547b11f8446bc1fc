import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import MicroHTTP
import Statistics

/// A platform whose capacity theory knows: equal servers behind one queue, exponential service times, and nothing else.
///
/// What becomes of a job is settled when it comes in; a status read only looks at the clock.
final class QueuePlatform: Sendable {
  private struct Served: Sendable {
    var accepted: Int64
    var start: Int64
    var end: Int64
    var server: Int
  }

  private struct State: Sendable {
    var free: [Int64]
    var random = SplitMix64(seed: 20_261_128)
    var jobs: [String: Served] = [:]
  }

  private let server: HTTPServer
  /// Servers.
  let servers: Int
  /// Mean seconds of service.
  let service: Double

  /// The base URL.
  var url: String { "http://127.0.0.1:\(server.port)" }

  /// Starts it on a free port of loopback.
  init(servers: Int, service: Double) throws {
    let state = Lock(State(free: Array(repeating: 0, count: servers)))
    (self.servers, self.service) = (servers, service)
    server = try HTTPServer { request, exchange in
      if request.method == "POST" {
        let id = "\(JobID())"
        state.withLock { Self.take(id, WallClock.microseconds, service, &$0) }
        return exchange.answer(Self.json(202, #"{"jobId":"\#(id)","status":"queued","message":"queued"}"#))
      }
      let id = String(request.path.split(separator: "/").last ?? "")
      let job = state.withLock { $0.jobs[id] }
      exchange.answer(Self.answer(job, at: WallClock.microseconds))
    }
  }

  /// First come, first served, by the server that is free soonest.
  private static func take(_ id: String, _ now: Int64, _ service: Double, _ state: inout State) {
    let server = state.free.indices.min { state.free[$0] < state.free[$1] } ?? 0
    let start = max(now, state.free[server])
    let end = start + Int64(-log(1 - state.random.unit()) * service * 1e6)
    state.free[server] = end
    state.jobs[id] = Served(accepted: now, start: start, end: end, server: server)
  }

  private static func answer(_ job: Served?, at now: Int64) -> HTTPResponse {
    guard let job else { return json(200, #"{"version":"queue"}"#) }
    guard job.end <= now else {
      return json(200, #"{"status":"\#(job.start <= now ? "running" : "queued")","timestamp":\#(now / 1_000)}"#)
    }
    let billed = max(1, (job.end - job.start) / 1_000)
    let timings = """
      {"s0":\(job.accepted),"s1":\(job.accepted),"s2":\(job.start),"s3":\(job.start),"s4":\(job.start),"s5":\(job.end),\
      "s6":\(job.end),"coldStart":false,"environmentId":"server-\(job.server)","billedMs":\(billed),"memoryMB":1024}
      """
    return json(200, #"{"status":"completed","result":"done","timestamp":\#(now / 1_000),"timings":\#(timings)}"#)
  }

  private static func json(_ status: Int, _ text: String) -> HTTPResponse {
    HTTPResponse(status: status, contentType: "application/json", body: Array(text.utf8))
  }

  /// The highest rate at which no more than one job in twenty stays longer than the limit, in jobs a second.
  func capacity(limit: Double) -> Double {
    var (low, high) = (0.0, Double(servers) / service)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if share(beyond: limit, at: middle) < 0.05 { low = middle } else { high = middle }
    }
    return low
  }

  /// The share of jobs that stay longer than the limit in M/M/c: the wait is 0 or exponential, the service exponential.
  private func share(beyond limit: Double, at rate: Double) -> Double {
    let mu = 1 / service
    let theta = Double(servers) * mu - rate
    let waiting = Erlang.waiting(servers: servers, load: rate * service)
    guard abs(theta - mu) > 1e-9 else { return exp(-mu * limit) * (1 + waiting * mu * limit) }
    return (1 - waiting) * exp(-mu * limit)
      + waiting * (theta * exp(-mu * limit) - mu * exp(-theta * limit)) / (theta - mu)
  }
}
