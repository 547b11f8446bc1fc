import RunRecords
import Scenarios
import Statistics

/// Values of a series, those of unfinished jobs at their age.
struct SeriesTally: Sendable {
  private enum Values: Sendable {
    case exact(finished: [Int64], unfinished: [Int64])
    case bounded(SeriesHistogram)
  }

  private var values: Values
  private var count = 0
  private var unfinished = 0
  private var mean = 0.0
  private var squares = 0.0
  private var least = SeriesValue(nanoseconds: .max)
  private var most: Int64 = .min
  private var leastUnfinished: Int64 = .max

  init(_ precision: ThresholdTally.Precision) {
    values = precision == .exact ? .exact(finished: [], unfinished: []) : .bounded(SeriesHistogram())
  }

  mutating func add(_ value: SeriesValue) {
    keep(value)
    count += 1
    // Mean and sum of squared differences in one pass (Welford 1962).
    let difference = Double(value.nanoseconds) - mean
    mean += difference / Double(count)
    squares += difference * (Double(value.nanoseconds) - mean)
    if value.nanoseconds < least.nanoseconds { least = value }
    most = max(most, value.nanoseconds)
    guard value.isCensored else { return }
    unfinished += 1
    leastUnfinished = min(leastUnfinished, value.nanoseconds)
  }

  /// A percentile, mean, minimum, maximum or deviation, in seconds.
  func finding(_ aggregate: Threshold.Aggregate) -> ThresholdFinding {
    guard count > 0 else { return .notMeasurable("no job has a value in this series") }
    switch aggregate {
    case .percentile(let percent): return quantile(percent / 100)
    case .minimum: return Self.seconds(Double(least.nanoseconds), isLarger: least.isCensored)
    case .maximum: return Self.seconds(Double(most), isLarger: unfinished > 0)
    case .deviation: return deviation
    default: return Self.seconds(mean, isLarger: unfinished > 0)
    }
  }

  private var deviation: ThresholdFinding {
    if count < 2 { return .notMeasurable("a standard deviation needs 2 jobs, there is 1") }
    if unfinished > 0 { return .notMeasurable("unfinished jobs leave the standard deviation open") }
    return .value((squares / Double(count - 1)).squareRoot() / 1e9)
  }

  private func quantile(_ probability: Double) -> ThresholdFinding {
    switch values {
    case .exact(let finished, let unfinished):
      switch Sample(finished, censored: unfinished).quantile(probability).value {
      case .exactly(let value): return .value(Double(value) / 1e9)
      case .moreThan(let value): return .moreThan(Double(value) / 1e9)
      case .notAvailable: return tooFew(probability)
      }
    case .bounded(let histogram):
      guard let value = histogram.quantile(probability).exact else { return tooFew(probability) }
      // From the youngest unfinished job on, what is counted at its age may be larger.
      return Self.seconds(Double(value), isLarger: value >= leastUnfinished)
    }
  }

  private func tooFew(_ probability: Double) -> ThresholdFinding {
    let needed = QuantityText.grouped(PercentileRule.needed(for: probability))
    return .notMeasurable(
      "\(PercentileRule.name(probability)) needs \(needed) jobs, there are \(QuantityText.grouped(count))")
  }

  private static func seconds(_ nanoseconds: Double, isLarger: Bool) -> ThresholdFinding {
    isLarger ? .moreThan(nanoseconds / 1e9) : .value(nanoseconds / 1e9)
  }

  private mutating func keep(_ value: SeriesValue) {
    switch values {
    case .exact(var finished, var unfinished):
      // Emptied first, so that the arrays are changed in place.
      values = .exact(finished: [], unfinished: [])
      if value.isCensored { unfinished.append(value.nanoseconds) } else { finished.append(value.nanoseconds) }
      values = .exact(finished: finished, unfinished: unfinished)
    case .bounded(var histogram):
      values = .exact(finished: [], unfinished: [])
      histogram.record(nanoseconds: value.nanoseconds)
      values = .bounded(histogram)
    }
  }
}
