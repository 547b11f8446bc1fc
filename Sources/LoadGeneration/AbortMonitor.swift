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
  private let clock: RunClock

  /// Watches those of the thresholds that have `abort`, on the run's time line.
  package init(_ thresholds: [Threshold], clock: RunClock) {
    self.clock = clock
    watches = thresholds.filter(\.abort).map { Watch(threshold: $0) }
  }

  /// Counts a job that has ended.
  package mutating func add(_ record: JobRecord) {
    for index in watches.indices where Self.matches(record, watches[index].threshold.filters) {
      watches[index].add(record, clock)
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
  mutating func add(_ record: JobRecord, _ clock: RunClock) {
    switch threshold.aggregate {
    case .rate, .count:
      matched += 1
      let isCounted =
        threshold.subject == "cold"
        ? record.waitedForEnvironment == true : record.outcome.rawValue == threshold.subject
      if isCounted { counted += 1 }
    case .percentile, .mean, .minimum, .maximum:
      // A job that never finished counts with its age: it has taken that long at least.
      if let value = Series(rawValue: threshold.subject).flatMap({ record.value(of: $0, on: clock) }) {
        values.record(nanoseconds: value.nanoseconds)
      }
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
