import HostSystem
import JobBackends
import Jobs

/// What the API counts of itself, for `/metrics`.
public final class APIMetrics: Sendable {
  private struct Outcome: Hashable {
    let route: String
    let method: String
    let status: Int
  }

  private struct Counts {
    var requests: [Outcome: Int] = [:]
    var durations: [String: DurationHistogram] = [:]
    var submissions: [Language: Int] = [:]
    var replays = 0
    var longPolls = 0
    var recent = RecentJobs()
  }

  private let counts = Lock(Counts())

  /// Nothing counted yet.
  public init() {}

  /// Counts an answered request; a wait for a job's end has a label of its own, as its duration is the client's wish.
  func answered(_ route: String, method: String, status: Int, nanoseconds: Int64) {
    counts.withLock { counts in
      counts.requests[Outcome(route: route, method: method, status: status), default: 0] += 1
      counts.durations[route, default: .init()].record(seconds: Double(nanoseconds) / 1e9)
    }
  }

  /// Counts a job that was taken in.
  func submitted(_ job: JobID, _ language: Language) {
    counts.withLock { counts in
      counts.submissions[language, default: 0] += 1
      counts.recent.submitted(job, language, at: .now)
    }
  }

  /// Takes note of how a job ended, the first time that somebody reads it.
  func ended(_ job: JobID, _ status: JobStatus) {
    counts.withLock { $0.recent.ended(job, status, at: .now) }
  }

  /// Counts a submission whose key named a job that exists.
  func replayed() {
    counts.withLock { $0.replays += 1 }
  }

  /// Counts clients that begin (+1) and cease (-1) to wait.
  func longPolls(_ change: Int) {
    counts.withLock { $0.longPolls += change }
  }

  /// Everything in the text that Prometheus reads.
  func text(version: String, _ depth: QueueDepth?, _ hosts: [HostReport]) -> [UInt8] {
    let counts = counts.withLock { $0 }
    var text = MetricsText()
    text.metric("rce_api_build_info", "gauge", "Which program this is.")
    text.sample("rce_api_build_info", ["version": version], "1")
    Self.write(counts, to: &text)
    if let depth {
      text.metric("rce_api_queue_jobs", "gauge", "Jobs in the queue, read once a second.")
      text.sample("rce_api_queue_jobs", ["state": "waiting"], "\(depth.waiting)")
      text.sample("rce_api_queue_jobs", ["state": "in_flight"], "\(depth.inFlight)")
      text.sample("rce_api_queue_jobs", ["state": "dead_letter"], "\(depth.deadLetters)")
    }
    Self.write(hosts.map(\.environments), to: &text)
    counts.recent.write(to: &text, at: .now)
    return Array(text.text.utf8)
  }

  private static func write(_ counts: Counts, to text: inout MetricsText) {
    text.metric("rce_api_http_requests_total", "counter", "Requests answered.")
    for (outcome, count) in counts.requests.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) }
    ) {
      text.sample(
        "rce_api_http_requests_total",
        ["route": outcome.route, "method": outcome.method, "status": "\(outcome.status)"], "\(count)")
    }
    let duration = "rce_api_http_request_duration_seconds"
    text.metric(duration, "histogram", "From a request read to its end until its answer was ready.")
    for (route, histogram) in counts.durations.sorted(by: { $0.key < $1.key }) {
      text.histogram(duration, ("route", route), histogram)
    }
    text.metric("rce_api_submissions_total", "counter", "Jobs taken in.")
    for language in Language.allCases {
      text.sample(
        "rce_api_submissions_total", ["language": language.rawValue], "\(counts.submissions[language] ?? 0)")
    }
    text.metric("rce_api_submission_replays_total", "counter", "Submissions whose key named a job that exists.")
    text.sample("rce_api_submission_replays_total", [:], "\(counts.replays)")
    text.metric("rce_api_long_polls", "gauge", "Clients that wait for the end of a job.")
    text.sample("rce_api_long_polls", [:], "\(counts.longPolls)")
  }

  private static func write(_ environments: [HostReport.Environments], to text: inout MetricsText) {
    text.metric("rce_api_hosts", "gauge", "Hosts that say they are up, read once a second.")
    text.sample("rce_api_hosts", [:], "\(environments.count)")
    let (alive, busy) = (environments.sum(\.alive), environments.sum(\.busy))
    let starting = environments.sum { $0.starting ?? 0 }
    text.metric("rce_api_environments", "gauge", "Execution environments of these hosts.")
    text.sample("rce_api_environments", ["state": "starting"], "\(starting)")
    text.sample("rce_api_environments", ["state": "warm"], "\(max(0, alive - busy - starting))")
    text.sample("rce_api_environments", ["state": "busy"], "\(busy)")
    text.metric("rce_api_environments_limit", "gauge", "Execution environments that may be alive at once.")
    text.sample("rce_api_environments_limit", [:], "\(environments.sum(\.limit))")
  }
}

extension Sequence {
  fileprivate func sum(_ value: (Element) -> Int) -> Int { reduce(0) { $0 + value($1) } }
}
