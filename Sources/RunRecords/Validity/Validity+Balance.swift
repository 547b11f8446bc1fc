import Statistics

extension Validity {
  /// Every scheduled job has exactly one outcome, in the store as in the generator's own count.
  ///
  /// A run that was stopped has to balance too: fewer jobs became due, and each of them has its outcome. Only of a
  /// generator that was killed is the last word missing.
  static func balance(_ reading: RunReading, _ tally: ValidityTally) -> ValidityCheck {
    let (kept, scheduled) = (tally.kept, reading.info.scheduled)
    let wasKilled = reading.info.partial && reading.info.ending == nil
    let fault = indexFault(reading, tally, wasKilled: wasKilled) ?? (wasKilled ? nil : countFault(reading.info, tally))
    let level: ValidityLevel = fault != nil ? .invalid : wasKilled ? .noted : .ok
    return ValidityCheck(
      key: "outcomes_balance", name: "Outcomes balance", measured: "\(kept) of \(scheduled)",
      value: Double(kept - scheduled), limits: .init(.jobs, invalid: 0), limit: "exact", level: level,
      sentence: fault
        ?? (wasKilled
          ? "The generator was killed: \(kept) of \(scheduled) scheduled jobs have an outcome."
          : "All \(QuantityText.grouped(kept)) scheduled jobs have exactly one outcome."))
  }

  private static func indexFault(_ reading: RunReading, _ tally: ValidityTally, wasKilled: Bool) -> String? {
    let (kept, scheduled) = (tally.kept, reading.info.scheduled)
    let repeated = tally.repeated ?? kept - Set(reading.records.lazy.map(\.index)).count
    if repeated != 0 { return "\(repeated) jobs were counted more than once." }
    guard !wasKilled else { return nil }
    if kept != scheduled { return "\(scheduled) jobs were scheduled, but \(kept) have an outcome." }
    return nil
  }

  /// What the generator counted as jobs ended, against what was stored of them.
  private static func countFault(_ info: RunInfo, _ tally: ValidityTally) -> String? {
    guard let counted = info.outcomes else { return nil }
    for outcome in JobOutcome.allCases {
      let stored = tally.outcomes[outcome] ?? 0
      let own = counted[outcome.rawValue] ?? 0
      if stored != own { return "The generator counted \(own) jobs as \(outcome.rawValue), but \(stored) were stored." }
    }
    return nil
  }
}
