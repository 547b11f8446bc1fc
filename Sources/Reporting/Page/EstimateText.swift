import Pricing
import Statistics

/// Estimates as people read them, in one way everywhere.
enum EstimateText {
  /// `412 ms`, `> 5.00 s`, or `n/a`.
  static func value(_ estimate: QuantileEstimate) -> String {
    switch estimate.value {
    case .exactly(let value): QuantityText.duration(nanoseconds: value)
    case .moreThan(let value): "> \(QuantityText.duration(nanoseconds: value))"
    case .notAvailable: "n/a"
    }
  }

  /// The same, with the number of values where there are too few.
  static func explained(_ estimate: QuantileEstimate) -> String {
    estimate.value == .notAvailable ? "n/a (n=\(QuantityText.grouped(estimate.count)))" : value(estimate)
  }

  /// `398 ms – 431 ms`; nil where there is no interval at all.
  static func interval(_ estimate: QuantileEstimate) -> String? {
    guard estimate.value != .notAvailable, estimate.lower != nil || estimate.upper != nil else { return nil }
    let lower = estimate.lower.map { QuantityText.duration(nanoseconds: $0) } ?? "0"
    let upper = estimate.upper.map { QuantityText.duration(nanoseconds: $0) } ?? "open"
    return "\(lower) – \(upper)"
  }

  /// `1.2 % – 3.4 %`.
  static func interval(_ share: WilsonInterval) -> String {
    "\(QuantityText.percent(share.lower)) – \(QuantityText.percent(share.upper))"
  }

  /// The largest value, which may be the age of an unfinished job.
  static func maximum(_ sample: Sample) -> String {
    guard let maximum = sample.maximum else { return "n/a" }
    return (sample.maximumIsCensored ? "> " : "") + QuantityText.duration(nanoseconds: maximum)
  }

  /// A number of things: `1 job`, `300 jobs`.
  static func count(_ number: Int, _ thing: String, _ things: String? = nil) -> String {
    "\(QuantityText.grouped(number)) \(number == 1 ? thing : things ?? thing + "s")"
  }
}
