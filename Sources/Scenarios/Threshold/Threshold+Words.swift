import Jobs

extension Threshold {
  /// The unit that a limit is written in.
  enum Unit: CaseIterable {
    case duration
    case share
    case count
    case perSecond
    case dollars
  }

  /// The series that a threshold may name, as the report computes them for every job.
  public static let series = [
    "e2e", "service", "lateness", "submit", "queue_wait", "cold_start", "compile", "run", "publish", "notice",
    "residual",
  ]

  /// How a job may end.
  static let outcomes = [
    "succeeded", "wrong_result", "failed", "timed_out", "rejected", "dropped", "lost", "censored",
  ]

  /// What a rate or a count may be of.
  public static let countable = outcomes + ["cold"]

  /// What a filter may look at.
  public static let filterKeys = ["phase", "language", "entry", "start", "outcome"]

  /// What braces may hold.
  static let labels = filterKeys + ["window"]

  /// The values that a label takes, where they are the same in every scenario.
  static func values(of label: String) -> [String]? {
    switch label {
    case "start": StartKind.allCases.map(\.rawValue)
    case "outcome": outcomes
    default: nil
    }
  }
}

extension Threshold.Aggregate {
  /// What is computed without a subject.
  static let bare: [(name: String, aggregate: Self)] = [
    ("throughput", .throughput), ("goodput", .goodput), ("cost_per_execution", .costPerExecution),
  ]

  /// What is computed of a series or of an outcome, percentiles apart.
  static let named: [(name: String, aggregate: Self)] = [
    ("mean", .mean), ("min", .minimum), ("max", .maximum), ("stddev", .deviation), ("rate", .rate),
    ("count", .count), ("per_second", .perSecond),
  ]

  /// Names to suggest.
  static let names = ["p50", "p95", "p99"] + (named + bare).map(\.name)

  /// The name in a condition.
  var name: String {
    if case .percentile(let percent) = self { return "p" + PlainDecimal.text(percent) }
    return (Self.named + Self.bare).first { $0.aggregate == self }?.name ?? ""
  }

  /// The aggregate of a name; percentiles have up to four decimals, as p99.9999 has.
  init?(named word: String) {
    if let known = (Self.named + Self.bare).first(where: { $0.name == word }) {
      self = known.aggregate
    } else {
      let digits = word.dropFirst()
      let decimals = digits.drop { $0 != "." }.dropFirst()
      guard word.first == "p", let value = Quantity.plainNumber(digits), value > 0, value < 100, decimals.count <= 4
      else { return nil }
      self = .percentile(value)
    }
  }

  /// Says everything without a subject.
  var isBare: Bool { Self.bare.contains { $0.aggregate == self } }

  /// What the subject may be; nil where there is none.
  var subjects: (known: [String], kind: String)? {
    switch self {
    case .percentile, .mean, .minimum, .maximum, .deviation: (Threshold.series, "a series")
    case .rate, .count, .perSecond: (Threshold.countable, "an outcome")
    case .throughput, .goodput, .costPerExecution: nil
    }
  }

  /// The unit of the value, and of the limit.
  var unit: Threshold.Unit {
    switch self {
    case .percentile, .mean, .minimum, .maximum, .deviation: .duration
    case .rate: .share
    case .count: .count
    case .perSecond, .throughput, .goodput: .perSecond
    case .costPerExecution: .dollars
    }
  }
}

extension Threshold.Unit {
  /// What a limit of this unit is called.
  var title: String {
    switch self {
    case .duration: "a duration"
    case .share: "a share"
    case .count: "a number of jobs"
    case .perSecond: "a rate"
    case .dollars: "an amount of money"
    }
  }

  /// How such a limit is written.
  var examples: String {
    switch self {
    case .duration: "90s, 250ms or 2m"
    case .share: "5% or 99.9%"
    case .count: "100"
    case .perSecond: "20/s or 300/m"
    case .dollars: "$5 or $0.0001"
    }
  }

  /// The limit in seconds, as a number from 0 to 1, in jobs, in jobs a second or in dollars.
  func value(of text: String) throws(QuantityProblem) -> Double {
    switch self {
    case .duration: try Quantity.duration(text).inSeconds
    case .share: try Quantity.share(text)
    case .count: Double(try Quantity.count(text))
    case .perSecond: try Quantity.rate(text)
    case .dollars: try Quantity.dollars(text)
    }
  }

  /// The shortest text that is read as the same value.
  func text(_ value: Double) -> String {
    switch self {
    case .duration: Self.duration(seconds: value)
    case .share: PlainDecimal.text(value, shiftedBy: 2) + "%"
    case .count: String(Int(value))
    case .perSecond: PlainDecimal.text(value) + "/s"
    case .dollars: "$" + PlainDecimal.text(value)
    }
  }

  /// Whole seconds apart from their parts: beyond 104 days a Double does not hold every nanosecond.
  private static func duration(seconds value: Double) -> String {
    let whole = value.rounded(.down)
    return duration(.seconds(Int64(whole)) + .nanoseconds(Int64(((value - whole) * 1e9).rounded())))
  }

  /// For example `90s` or `1s500ms`.
  static func duration(_ value: Duration) -> String {
    let (seconds, rest) = (value.inNanoseconds / 1_000_000_000, value.inNanoseconds % 1_000_000_000)
    let units: [(name: String, size: Int64)] = [("ms", 1_000_000), ("us", 1_000), ("ns", 1)]
    let part = units.first { rest % $0.size == 0 }.map { "\(rest / $0.size)\($0.name)" } ?? ""
    if rest == 0 { return "\(seconds)s" }
    return seconds == 0 ? part : "\(seconds)s\(part)"
  }
}
