import Glibc
import HostSystem
import Jobs

/// How the jobs of the last hour ended, as far as they were taken in here and their end was read here.
///
/// A job counts when its end is read for the first time; one whose end nobody reads does not count.
struct RecentJobs: Sendable {
  /// Nanoseconds for which an end is remembered.
  static let window: Int64 = 3_600_000_000_000
  /// Jobs whose end is still to be read; beyond these, new ones are not followed.
  static let mostOpen = 50_000
  /// Ends that are remembered; beyond these, the oldest are forgotten before their hour is over.
  static let mostEnded = 20_000

  private struct Open {
    let language: Language
    let at: MonotonicInstant
  }

  private struct End {
    let language: Language
    let outcome: String
    let isCold: Bool
    /// From the request to the visible result; nil where the platform does not tell.
    let seconds: Double?
    let at: MonotonicInstant
  }

  private var open: [JobID: Open] = [:]
  private var ends: [End] = []

  mutating func submitted(_ job: JobID, _ language: Language, at now: MonotonicInstant) {
    if open.count >= Self.mostOpen { open = open.filter { now - $0.value.at < Self.window } }
    guard open.count < Self.mostOpen else { return }
    open[job] = Open(language: language, at: now)
  }

  mutating func ended(_ job: JobID, _ status: JobStatus, at now: MonotonicInstant) {
    guard let submission = open.removeValue(forKey: job) else { return }
    if ends.count >= Self.mostEnded { ends.removeFirst(Self.mostEnded / 4) }
    let failure = status.details?.errorType?.rawValue ?? "failed"
    let timings = status.timings
    let span = timings?.s0.flatMap { start in timings?.s6.map { $0 - start } }
    ends.append(
      End(
        language: submission.language, outcome: status.status == .completed ? "completed" : failure,
        isCold: timings?.coldStart ?? false, seconds: span.map { Double($0) / 1e6 }, at: now))
  }

  func write(to text: inout MetricsText, at now: MonotonicInstant) {
    let recent = Dictionary(grouping: ends.filter { now - $0.at < Self.window }, by: \.language)
      .sorted { $0.key.rawValue < $1.key.rawValue }
    text.metric("rce_api_recent_jobs", "gauge", "Jobs of the last hour by their end, as far as it was read here.")
    for (language, ends) in recent {
      for (outcome, same) in Dictionary(grouping: ends, by: \.outcome).sorted(by: { $0.key < $1.key }) {
        text.sample(
          "rce_api_recent_jobs", ["language": language.rawValue, "outcome": outcome], "\(same.count)")
      }
    }
    text.metric("rce_api_recent_cold_starts", "gauge", "Those that waited for their environment to start.")
    for (language, ends) in recent {
      text.sample("rce_api_recent_cold_starts", ["language": language.rawValue], "\(ends.count { $0.isCold })")
    }
    let duration = "rce_api_recent_job_duration_seconds"
    text.metric(duration, "gauge", "From request to visible result, quantiles of them where they are enough.")
    for (language, ends) in recent {
      let seconds = ends.compactMap(\.seconds).sorted()
      for quantile in [0.5, 0.95] {
        guard let value = Self.quantile(quantile, of: seconds) else { continue }
        text.sample(duration, ["language": language.rawValue, "quantile": "\(quantile)"], "\(value)")
      }
    }
  }

  /// The smallest value that at least a share `q` does not exceed; nil where the n values are too few for a 95 % interval of
  /// order statistics to exist around it: 1 - q^n - (1 - q)^n >= 0.95, which is 6 for the median and 59 for the 95th.
  static func quantile(_ q: Double, of sorted: [Double]) -> Double? {
    let n = Double(sorted.count)
    guard 1 - pow(q, n) - pow(1 - q, n) >= 0.95 else { return nil }
    return sorted[max(0, Int((q * n).rounded(.up)) - 1)]
  }
}
