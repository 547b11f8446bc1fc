import Statistics

extension Validity {
  /// Mean in flight as counted during the run, against rate times stay as the records have it.
  ///
  /// Stays are clipped to the recorded phases, so that the law holds on a run of finite length too.
  static func littlesLaw(_ info: RunInfo, _ tally: ValidityTally) -> ValidityCheck {
    let limits = ValidityLimit(.share, suspect: 0.02, invalid: 0.1)
    func unmeasured(_ sentence: String) -> ValidityCheck {
      ValidityCheck(unmeasured: "littles_law", "Little's law", limits, sentence)
    }
    guard let counted = info.generator?.meanInFlight else {
      return unmeasured("The generator did not count its jobs in flight.")
    }
    guard let expected = meanInFlight(info, tally) else { return unmeasured("No recorded phase has a length.") }
    let law = LittlesLaw(counted: counted, expected: expected)
    return ValidityCheck(
      "littles_law", "Little's law", law.relativeError, limits,
      measured: "\(QuantityText.percent(law.relativeError)) off",
      sentence: "\(QuantityText.number(counted)) jobs were in flight on average; arrival rate times mean stay gives "
        + "\(QuantityText.number(expected)).")
  }

  private static func meanInFlight(_ info: RunInfo, _ tally: ValidityTally) -> Double? {
    let length = info.phases.filter(\.recorded).reduce(0) { $0 + $1.duration }
    return length > 0 ? tally.nanosecondsInFlight / Double(length) : nil
  }
}
