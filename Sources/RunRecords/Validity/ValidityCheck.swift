/// How bad a finding about the measurement itself is.
public enum ValidityLevel: String, Codable, Sendable, Hashable, CaseIterable, Comparable {
  /// Within its limit.
  case ok
  /// Always said, and no judgement by itself.
  case noted
  /// Could not be looked at; the sentence says why.
  case notMeasured = "not_measured"
  /// The figures may be off by what the sentence says.
  case suspect
  /// The figures are not a measurement of the platform.
  case invalid

  /// Orders by severity.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// One look at whether the run can be believed.
public struct ValidityCheck: Codable, Sendable, Hashable {
  /// The name for tools, for example `lateness_p99` or `offered_rate{phase=steady}`; it does not change.
  public var key: String
  /// What was looked at, for example "Lateness p99".
  public var name: String
  /// What was found, as text; nil where it could not be measured.
  public var measured: String?
  /// What was found, in the unit of the limits; nil where it could not be measured or is no number.
  public var value: Double?
  /// The limits as numbers; nil where the check has none.
  public var limits: ValidityLimit?
  /// The limits, as text.
  public var limit: String
  /// How bad it is.
  public var level: ValidityLevel
  /// A sentence for a person: the finding with its counts, and what follows from it.
  public var sentence: String

  /// A finding.
  public init(
    key: String, name: String, measured: String?, value: Double? = nil, limits: ValidityLimit? = nil, limit: String,
    level: ValidityLevel, sentence: String
  ) {
    self.key = key
    self.name = name
    self.measured = measured
    self.value = value
    self.limits = limits
    self.limit = limit
    self.level = level
    self.sentence = sentence
  }

  /// A finding that its limits judge, unless a level is given that allows for how few were counted.
  init(
    _ key: String, _ name: String, _ value: Double, _ limits: ValidityLimit, measured: String? = nil,
    level: ValidityLevel? = nil, sentence: String
  ) {
    self.init(
      key: key, name: name, measured: measured ?? limits.text(of: value), value: value, limits: limits,
      limit: limits.text, level: level ?? limits.level(of: value), sentence: sentence)
  }

  /// What could not be measured, and why.
  init(unmeasured key: String, _ name: String, _ limits: ValidityLimit, _ sentence: String) {
    self.init(
      key: key, name: name, measured: nil, limits: limits, limit: limits.text, level: .notMeasured, sentence: sentence)
  }
}

/// Whether a run is a measurement, apart from whether the platform did well.
public enum ValidityVerdict: String, Codable, Sendable, Hashable, CaseIterable {
  case valid = "VALID"
  case suspect = "SUSPECT"
  case invalid = "INVALID"
}
