import RunRecords
import Statistics

/// What the loop counts for the live line, for limits and for the end, as jobs end.
struct RunTally {
  private(set) var counts = OutcomeCounts()
  private(set) var coldStarts = 0
  private(set) var dollars = 0.0
  private var endToEnd = SeriesHistogram()
  private let cost: (@Sendable (JobRecord) -> Double)?
  private var history: [(instant: Int64, scheduled: Int, ended: Int)] = []

  private static let historyLength: Int64 = 2_000_000_000

  init(cost: (@Sendable (JobRecord) -> Double)?) {
    self.cost = cost
  }

  mutating func add(_ record: JobRecord) {
    counts.add(record.outcome)
    if record.waitedForEnvironment == true { coldStarts += 1 }
    if let t7 = record.t7 { endToEnd.record(nanoseconds: t7 - record.t0) }
    if let cost { dollars += cost(record) }
  }

  /// Median and 95th percentile of e2e; nil where there are too few jobs to say.
  var percentiles: (median: Int64?, percentile95: Int64?) {
    (endToEnd.quantile(0.5).exact, endToEnd.quantile(0.95).exact)
  }

  /// Jobs that became due and jobs that ended per second, over the last two seconds.
  mutating func rates(at now: Int64, scheduled: Int) -> (offered: Double, ended: Double) {
    history.append((now, scheduled, counts.total))
    history.removeAll { $0.instant < now - Self.historyLength }
    guard let first = history.first, now > first.instant else { return (0, 0) }
    let seconds = Double(now - first.instant) / 1e9
    return (Double(scheduled - first.scheduled) / seconds, Double(counts.total - first.ended) / seconds)
  }
}
