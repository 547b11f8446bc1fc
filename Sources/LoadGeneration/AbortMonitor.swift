import Jobs
package import RunRecords
package import Scenarios
import Statistics

/// Watches the thresholds that may end a run while it runs.
///
/// Jobs of every phase count, warm-up included: a platform that is down has to be left alone whenever that shows.
package struct AbortMonitor: Sendable {
  fileprivate struct Watch: Sendable {
    let threshold: Threshold
    var matched = 0
    var counted = 0
    var values = SeriesHistogram()
  }

  private var watches: [Watch]

  /// Watches those of the thresholds that have `abort`.
  package init(_ thresholds: [Threshold]) {
    watches = thresholds.filter(\.abort).map { Watch(threshold: $0) }
  }

  /// Counts a job that has ended.
  package mutating func add(_ record: JobRecord) {
    for index in watches.indices where Self.matches(record, watches[index].threshold.filters) {
      watches[index].add(record)
    }
  }

  /// The first threshold whose condition is true, once its time has come.
  package func tripped(atSeconds seconds: Double) -> Threshold? {
    watches.first { watch in
      guard seconds >= watch.threshold.afterSeconds, let value = watch.value else { return false }
      return watch.threshold.isTrue(of: value)
    }?.threshold
  }

  private static func matches(_ record: JobRecord, _ filters: [String: String]) -> Bool {
    filters.allSatisfy { key, value in
      switch key {
      case "phase": record.phase == value
      case "language": record.language.rawValue == value
      default: record.entry == value
      }
    }
  }
}

extension AbortMonitor.Watch {
  mutating func add(_ record: JobRecord) {
    switch threshold.aggregate {
    case .rate, .count:
      matched += 1
      let isCounted =
        threshold.subject == "cold"
        ? record.timings?.coldStart == true : record.outcome.rawValue == threshold.subject
      if isCounted { counted += 1 }
    case .percentile, .mean, .minimum, .maximum:
      if let value = record.nanoseconds(of: threshold.subject) { values.record(nanoseconds: value) }
    case .costPerExecution: break
    }
  }

  /// The value in the limit's unit; nil where there are too few jobs to say.
  var value: Double? {
    switch threshold.aggregate {
    case .rate: matched > 0 ? Double(counted) / Double(matched) : nil
    case .count: Double(counted)
    case .mean: values.mean.map { $0 / 1e9 }
    case .minimum: values.minimum.map { Double($0) / 1e9 }
    case .maximum: values.maximum.map { Double($0) / 1e9 }
    case .percentile(let percent): values.quantile(percent / 100).exact.map { Double($0) / 1e9 }
    case .costPerExecution: nil
    }
  }
}

extension JobRecord {
  /// A series' value where it is known before the clocks have been joined.
  fileprivate func nanoseconds(of series: String) -> Int64? {
    func client(_ from: Int64?, _ to: Int64?) -> Int64? {
      guard let from, let to else { return nil }
      return to - from
    }
    func platform(_ from: Int64?, _ to: Int64?) -> Int64? { client(from, to).map { $0 * 1_000 } }
    return switch series {
    case "e2e": client(t0, t7)
    case "service": client(t1, t7)
    case "lateness": client(t0, t1)
    case "submit": client(t1, t4)
    case "queue_wait": platform(timings?.s1, timings?.s2)
    case "cold_start": timings?.coldStart == true ? platform(timings?.s2, timings?.s3) : nil
    case "compile": platform(timings?.s3, timings?.s4)
    case "run": platform(timings?.s4, timings?.s5)
    case "publish": platform(timings?.s5, timings?.s6)
    default: nil
    }
  }
}
