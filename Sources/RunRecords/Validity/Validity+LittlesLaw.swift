import Statistics

extension Validity {
  /// Mean in flight as counted during the run, against rate times stay as the records have it.
  ///
  /// Stays are clipped to the recorded phases, so that the law holds on a run of finite length too.
  static func littlesLaw(_ reading: RunReading) -> ValidityCheck {
    let limits = ValidityLimit(.share, suspect: 0.02, invalid: 0.1)
    func unmeasured(_ sentence: String) -> ValidityCheck {
      ValidityCheck(unmeasured: "littles_law", "Little's law", limits, sentence)
    }
    guard let counted = reading.info.generator?.meanInFlight else {
      return unmeasured("The generator did not count its jobs in flight.")
    }
    guard let expected = meanInFlight(reading) else { return unmeasured("No recorded phase has a length.") }
    let law = LittlesLaw(counted: counted, expected: expected)
    return ValidityCheck(
      "littles_law", "Little's law", law.relativeError, limits,
      measured: "\(QuantityText.percent(law.relativeError)) off",
      sentence: "\(QuantityText.number(counted)) jobs were in flight on average; arrival rate times mean stay gives "
        + "\(QuantityText.number(expected)).")
  }

  private static func meanInFlight(_ reading: RunReading) -> Double? {
    let windows = reading.info.phases.filter(\.recorded).map { ($0.start, $0.start + $0.duration) }
    let length = windows.reduce(0) { $0 + ($1.1 - $1.0) }
    guard length > 0 else { return nil }
    var total = 0.0
    for record in reading.records {
      guard let t1 = record.t1 else { continue }
      for (start, end) in windows { total += Double(max(0, min(end, record.endedAt) - max(start, t1))) }
    }
    return total / Double(length)
  }
}
