public import RunRecords

/// A step of a search with what it says for and against its rate.
public struct JudgedStep: Sendable {
  /// What was measured.
  public let step: LoadStep
  /// What speaks against the rate: first whether the platform keeps up, then the objective; empty where it holds.
  public let reasons: [String]
  /// The platform keeps up, whatever it promises.
  public let isStable: Bool

  /// The figures can be believed: a generator that could not keep to its plan says nothing of a platform that kept up.
  public let isMeasurement: Bool

  /// Whether the platform holds the rate.
  public var passed: Bool { reasons.isEmpty }

  /// Judges a level of load; a run that is no measurement holds nothing.
  public init(_ step: LoadStep, _ reading: RunReading, _ objective: ServiceObjective) {
    self.step = step
    let faults = Stability(step).faults
    isStable = faults.isEmpty
    let phase = reading.info.phases.first { $0.name == step.phase }
    let breaches = phase.map { objective.breaches(reading, phase: $0) } ?? []
    let validity = Validity(reading)
    let invalid =
      validity.verdict == .invalid
      ? ["the run is INVALID as a measurement: \(validity.concerns.first?.sentence ?? "")"] : []
    isMeasurement = invalid.isEmpty || !isStable
    // An unstable platform has no latency worth a sentence.
    reasons = isStable ? breaches + invalid : faults
  }

  /// Every level of load in a run, judged.
  public static func all(of reading: RunReading, _ objective: ServiceObjective) -> [JudgedStep] {
    LoadStep.all(of: reading).map { JudgedStep($0, reading, objective) }
  }
}
