/// Values of one series with those that were cut off before they were known, sorted.
///
/// A job that never finished counts at its age as "at least this" (right-censored). Quantiles come from the product-limit
/// estimate (Kaplan and Meier 1958), which without censored values is the plain sorted sample:
///
///     S(t) = product over values v <= t of (1 - finished at v / still running just before v)
///     quantile(p) = smallest t with 1 - S(t) >= p
///
/// Where the curve never reaches p the answer is "more than x(ceil(n p))", which needs no assumption about the unfinished.
public struct Sample: Sendable, Hashable {
  private struct Entry: Sendable, Hashable {
    var value: Int64
    var censored: Bool
  }

  private let entries: [Entry]
  /// 1 - S after each entry; empty where nothing is censored.
  private let risen: [Double]
  /// Values that were cut off.
  public let censoredCount: Int
  /// Sum of all values, unfinished ones at their age; stays at the largest number that fits where it would be beyond.
  public let sum: Int64

  /// A sample of finished values and of the ages of unfinished ones.
  public init(_ finished: [Int64], censored: [Int64] = []) {
    let all = finished.map { Entry(value: $0, censored: false) } + censored.map { Entry(value: $0, censored: true) }
    // A job cut off at t was still running at t, so a value of t that did finish comes first.
    entries = all.sorted { ($0.value, $0.censored ? 1 : 0) < ($1.value, $1.censored ? 1 : 0) }
    censoredCount = censored.count
    sum = all.reduce(0) { sum, entry in
      let (total, overflow) = sum.addingReportingOverflow(entry.value)
      return overflow ? (entry.value > 0 ? .max : .min) : total
    }
    risen = censored.isEmpty ? [] : Self.productLimit(entries)
  }

  /// Values in all, unfinished ones included.
  public var count: Int { entries.count }
  /// The smallest value; nil in an empty sample.
  public var minimum: Int64? { entries.first?.value }
  /// The largest value, which may be the age of an unfinished job; nil in an empty sample.
  public var maximum: Int64? { entries.last?.value }
  /// Whether the largest value is the age of an unfinished job.
  public var maximumIsCensored: Bool { entries.last?.censored ?? false }
  /// The arithmetic mean, unfinished ones at their age; nil in an empty sample.
  public var mean: Double? { entries.isEmpty ? nil : Double(sum) / Double(entries.count) }
  /// All values in order, unfinished ones at their age.
  public var values: [Int64] { entries.map(\.value) }
  /// Finished values in order.
  public var finished: [Int64] { entries.filter { !$0.censored }.map(\.value) }

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
    guard !entries.isEmpty else { return nil }
    return entries[rank(of: probability) - 1].value
  }

  private func value(at probability: Double) -> QuantileEstimate.Value {
    let rank = rank(of: probability)
    guard censoredCount > 0 else { return .exactly(entries[rank - 1].value) }
    if let reached = risen.firstIndex(where: { $0 >= probability - 1e-12 }) { return .exactly(entries[reached].value) }
    return .moreThan(entries[rank - 1].value)
  }

  private func valueAtRank(_ rank: Int) -> Int64? {
    guard censoredCount > 0 else { return entries[rank - 1].value }
    let probability = Double(rank) / Double(count)
    return risen.firstIndex { $0 >= probability - 1e-12 }.map { entries[$0].value }
  }

  private func rank(of probability: Double) -> Int {
    min(count, max(1, Int((Double(count) * probability - 1e-9).rounded(.up))))
  }

  private static func productLimit(_ entries: [Entry]) -> [Double] {
    var surviving = 1.0
    return entries.enumerated().map { index, entry in
      if !entry.censored { surviving *= 1 - 1 / Double(entries.count - index) }
      return 1 - surviving
    }
  }
}
