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
  /// What was looked at, for example "Lateness p99".
  public var name: String
  /// What was found, as text; nil where it could not be measured.
  public var measured: String?
  /// The limits, as text.
  public var limit: String
  /// How bad it is.
  public var level: ValidityLevel
  /// A sentence for a person: the finding with its counts, and what follows from it.
  public var sentence: String

  /// A finding.
  public init(name: String, measured: String?, limit: String, level: ValidityLevel, sentence: String) {
    self.name = name
    self.measured = measured
    self.limit = limit
    self.level = level
    self.sentence = sentence
  }
}

/// Whether a run is a measurement, apart from whether the platform did well.
public enum ValidityVerdict: String, Codable, Sendable, Hashable, CaseIterable {
  case valid = "VALID"
  case suspect = "SUSPECT"
  case invalid = "INVALID"
}
