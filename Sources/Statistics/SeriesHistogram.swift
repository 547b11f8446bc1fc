internal import Histogram

/// A series of durations in bounded memory: HdrHistogram with 3 significant digits from 1 ns to 1 h, and the exact
/// count, sum, smallest and largest beside it.
///
/// Merging the histograms of N shards gives the histogram of the one stream, bit for bit.
public struct SeriesHistogram: Sendable {
  /// One hour in nanoseconds.
  package static let highest: UInt64 = 3_600_000_000_000

  // Counts of 32 bits keep a series at 135 KiB; no run has four thousand million jobs.
  private var histogram = Histogram<UInt32>(highestTrackableValue: highest, numberOfSignificantValueDigits: .three)
  /// Values recorded.
  public private(set) var count = 0
  /// Exact sum of all values in nanoseconds; stays at the largest number that fits where it would be beyond.
  public private(set) var sum: Int64 = 0
  /// Exact smallest value in nanoseconds; nil before the first.
  public private(set) var minimum: Int64?
  /// Exact largest value in nanoseconds; nil before the first.
  public private(set) var maximum: Int64?

  /// An empty series.
  public init() {}

  /// Adds a duration; a negative one counts as 0 and one beyond an hour as an hour, in the histogram but not in the sum.
  public mutating func record(nanoseconds: Int64) {
    histogram.record(min(UInt64(max(0, nanoseconds)), Self.highest))
    count += 1
    sum = Self.bounded(sum, nanoseconds)
    minimum = Swift.min(minimum ?? nanoseconds, nanoseconds)
    maximum = Swift.max(maximum ?? nanoseconds, nanoseconds)
  }

  /// Adds everything that another series holds.
  public mutating func merge(_ other: Self) {
    guard other.count > 0 else { return }
    histogram.add(other.histogram)
    count += other.count
    sum = Self.bounded(sum, other.sum)
    minimum = [minimum, other.minimum].compactMap(\.self).min()
    maximum = [maximum, other.maximum].compactMap(\.self).max()
  }

  /// The values of every bucket from the lowest on, the last ones that are empty left out.
  package var bucketCounts: [UInt32] {
    var counts = histogram.allValues().map(\.count)
    while counts.last == 0 { counts.removeLast() }
    return counts
  }

  /// The percentile distribution in HdrHistogram's own text format (`.hgrm`), values in milliseconds.
  package var percentileText: String {
    var text = ""
    histogram.outputPercentileDistribution(to: &text, outputValueUnitScalingRatio: 1_000_000)
    return text
  }

  /// The arithmetic mean in nanoseconds; nil before the first value.
  public var mean: Double? { count == 0 ? nil : Double(sum) / Double(count) }

  /// The quantile in nanoseconds, to 3 significant digits, with its 95 % interval, or why there is none.
  public func quantile(_ probability: Double) -> QuantileEstimate {
    guard PercentileRule.supports(probability, count: count) else {
      return QuantileEstimate(probability: probability, count: count, value: .notAvailable)
    }
    let ranks = OrderStatisticInterval(count: count, probability: probability)
    return QuantileEstimate(
      probability: probability, count: count,
      value: .exactly(value(atRank: Int((Double(count) * probability - 1e-9).rounded(.up)))),
      lower: ranks.lower.map(value(atRank:)), upper: ranks.upper.map(value(atRank:)))
  }

  private static func bounded(_ sum: Int64, _ value: Int64) -> Int64 {
    let (total, overflow) = sum.addingReportingOverflow(value)
    return overflow ? (value > 0 ? .max : .min) : total
  }

  private func value(atRank rank: Int) -> Int64 {
    // The half step keeps the library's own rounding of percentile * count on this rank.
    let percentile = (Double(rank) - 0.5) / Double(count) * 100
    let value = Int64(clamping: histogram.valueAtPercentile(percentile))
    return Swift.min(Swift.max(value, minimum ?? value), maximum ?? value)
  }
}
