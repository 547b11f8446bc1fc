/// Values of one series with those that were cut off before they were known, sorted.
///
/// A job that never finished counts at its age as "at least this" (right-censored). Quantiles come from the product-limit
/// estimate (Kaplan and Meier 1958), which without censored values is the plain sorted sample:
///
///     S(t) = product over values v <= t of (1 - finished at v / still running just before v)
///     quantile(p) = smallest t with 1 - S(t) >= p
///
/// Where the curve never reaches p the answer is "more than x(ceil(n p))", which needs no assumption about the unfinished.
///
/// Up to 16,384 values are kept as they are. More are counted in HdrHistogram's buckets of three significant digits, which
/// keeps a series below 256 KiB however many there are: every value, quantile and end of an interval is then right to
/// 0.05 %, and the smallest, the largest, the count and the sum are exact.
public struct Sample: Sendable, Hashable {
  /// Equal values, or those of one bucket.
  struct Step: Sendable, Hashable {
    var value: Int64
    var finished: Int
    var censored: Int
    /// Values up to here.
    var through: Int
  }

  private let steps: [Step]
  /// 1 - S after each step; empty where nothing is censored.
  private let risen: [Double]
  /// Values that were cut off.
  public let censoredCount: Int
  /// Sum of all values, unfinished ones at their age; stays at the largest number that fits where it would be beyond.
  public let sum: Int64

  /// A sample of finished values and of the ages of unfinished ones.
  public init(_ finished: [Int64], censored: [Int64] = []) {
    var collector = SampleCollector()
    for value in finished { collector.add(value) }
    for value in censored { collector.add(value, isCensored: true) }
    self = collector.sample
  }

  init(_ steps: [Step], sum: Int64) {
    self.steps = steps
    self.sum = sum
    censoredCount = steps.reduce(0) { $0 + $1.censored }
    risen = censoredCount == 0 ? [] : Self.productLimit(steps)
  }

  /// Values in all, unfinished ones included.
  public var count: Int { steps.last?.through ?? 0 }
  /// The smallest value; nil in an empty sample.
  public var minimum: Int64? { steps.first?.value }
  /// The largest value, which may be the age of an unfinished job; nil in an empty sample.
  public var maximum: Int64? { steps.last?.value }
  /// Whether the largest value is the age of an unfinished job.
  public var maximumIsCensored: Bool { (steps.last?.censored ?? 0) > 0 }
  /// The arithmetic mean, unfinished ones at their age; nil in an empty sample.
  public var mean: Double? { steps.isEmpty ? nil : Double(sum) / Double(count) }
  /// All values in order, unfinished ones at their age.
  public var values: [Int64] { expanded { $0.finished + $0.censored } }
  /// Finished values in order.
  public var finished: [Int64] { expanded(\.finished) }

  /// The quantile with its 95 % interval, or why there is none.
  public func quantile(_ probability: Double) -> QuantileEstimate {
    guard PercentileRule.supports(probability, count: count) else {
      return QuantileEstimate(probability: probability, count: count, value: .notAvailable)
    }
    let ranks = OrderStatisticInterval(count: count, probability: probability)
    return QuantileEstimate(
      probability: probability, count: count, value: value(at: probability),
      lower: ranks.lower.flatMap(valueAtRank), upper: ranks.upper.flatMap(valueAtRank))
  }

  /// The quantile without the rule of ten: for choosing jobs around it, never for print.
  public func position(_ probability: Double) -> Int64? {
    steps.isEmpty ? nil : step(atRank: rank(of: probability)).value
  }

  private func expanded(_ times: (Step) -> Int) -> [Int64] {
    var values: [Int64] = []
    values.reserveCapacity(count)
    for step in steps { values.append(contentsOf: repeatElement(step.value, count: times(step))) }
    return values
  }

  private func value(at probability: Double) -> QuantileEstimate.Value {
    let value = step(atRank: rank(of: probability)).value
    guard censoredCount > 0 else { return .exactly(value) }
    return reached(probability).map { .exactly($0) } ?? .moreThan(value)
  }

  private func valueAtRank(_ rank: Int) -> Int64? {
    guard censoredCount > 0 else { return step(atRank: rank).value }
    return reached(Double(rank) / Double(count))
  }

  /// The value at which the curve reaches a probability; nil where it never does.
  private func reached(_ probability: Double) -> Int64? {
    risen.firstIndex { $0 >= probability - 1e-12 }.map { steps[$0].value }
  }

  private func rank(of probability: Double) -> Int {
    min(count, max(1, Int((Double(count) * probability - 1e-9).rounded(.up))))
  }

  private func step(atRank rank: Int) -> Step {
    var (low, high) = (0, steps.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].through < rank { low = middle + 1 } else { high = middle }
    }
    return steps[low]
  }

  /// A job cut off at t was still running at t, so those that finished at t come before it.
  private static func productLimit(_ steps: [Step]) -> [Double] {
    let count = steps.last?.through ?? 0
    var surviving = 1.0
    return steps.map { step in
      let running = count - step.through + step.finished + step.censored
      surviving *= 1 - Double(step.finished) / Double(running)
      return 1 - surviving
    }
  }
}
