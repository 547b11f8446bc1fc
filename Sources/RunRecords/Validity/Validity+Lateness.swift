import Statistics

extension Validity {
  /// p99 and p99.9 of the generator's own delay: large ones mean that it, and not the plan, set the pace.
  static func lateness(_ tally: ValidityTally) -> [ValidityCheck] {
    let sample = tally.lateness.sample
    let median = tally.e2e.sample.position(0.5) ?? 0
    let due = tally.inVolleys == 0 ? "they were due" : "they were due, or after their turn in a burst"
    return [
      tail(sample, .p99(median: median, due: due)),
      tail(sample, LatenessLimit(probability: 0.999, suspect: 5_000_000, invalid: 50_000_000, due: due)),
    ]
  }

  private static func tail(_ sample: Sample, _ limit: LatenessLimit) -> ValidityCheck {
    guard sample.count > 0 else {
      return ValidityCheck(unmeasured: limit.key, limit.title, limit.limits, "No job was sent.")
    }
    if let value = sample.quantile(limit.probability).exact { return byPercentile(value, sample.count, limit) }
    return byCount(sample, limit)
  }

  private static func byPercentile(_ value: Int64, _ count: Int, _ limit: LatenessLimit) -> ValidityCheck {
    let share = QuantityText.percent(1 - limit.probability)
    return ValidityCheck(
      limit.key, limit.title, Double(value) / 1e6, limit.limits,
      sentence: "\(share) of \(QuantityText.grouped(count)) jobs were sent more than "
        + "\(QuantityText.duration(nanoseconds: value)) after \(limit.due).")
  }

  private static func byCount(_ sample: Sample, _ limit: LatenessLimit) -> ValidityCheck {
    let values = sample.values
    func late(_ bound: Int64) -> CountedLimit {
      CountedLimit(bad: values.count { $0 > bound }, count: values.count, share: 1 - limit.probability)
    }
    let invalid = late(limit.invalid).isExceeded(asInvalid: true)
    let level: ValidityLevel =
      invalid ? .invalid : late(limit.suspect).isExceeded(asInvalid: false) ? .suspect : .ok
    let bound = invalid ? limit.invalid : limit.suspect
    let largest = sample.maximum ?? 0
    let largestText = QuantityText.duration(nanoseconds: largest)
    return ValidityCheck(
      limit.key, limit.title, Double(largest) / 1e6, limit.limits,
      measured: "\(late(bound).bad) of \(values.count) late, max \(largestText)", level: level,
      sentence:
        "\(late(bound).bad) of \(values.count) jobs were sent more than \(QuantityText.duration(nanoseconds: bound)) "
        + "after \(limit.due), the latest by \(largestText); \(limit.name) itself needs "
        + "\(QuantityText.grouped(PercentileRule.needed(for: limit.probability))) jobs.")
  }
}

/// What a percentile of the generator's own delay may be, in nanoseconds.
struct LatenessLimit {
  var probability: Double
  var suspect: Int64
  var invalid: Int64
  /// What jobs were late after, for the sentence.
  var due: String

  /// p99 may be 2 % of the median of end-to-end time, in nanoseconds, where that is more than 10 ms.
  static func p99(median: Int64, due: String = "they were due") -> Self {
    Self(probability: 0.99, suspect: 1_000_000, invalid: max(10_000_000, median / 50), due: due)
  }

  var name: String { PercentileRule.name(probability) }
  var key: String { "lateness_\(name)" }
  var title: String { "Lateness \(name)" }
  var limits: ValidityLimit {
    ValidityLimit(.milliseconds, suspect: Double(suspect) / 1e6, invalid: Double(invalid) / 1e6)
  }
}
