import Statistics

extension Validity {
  /// Every scheduled job has exactly one outcome, in the store as in the generator's own count.
  ///
  /// A run that was stopped has to balance too: fewer jobs became due, and each of them has its outcome. Only of a
  /// generator that was killed is the last word missing.
  static func balance(_ reading: RunReading) -> ValidityCheck {
    let (kept, scheduled) = (reading.records.count, reading.info.scheduled)
    let wasKilled = reading.info.partial && reading.info.ending == nil
    let fault = indexFault(reading, wasKilled: wasKilled) ?? (wasKilled ? nil : countFault(reading))
    let level: ValidityLevel = fault != nil ? .invalid : wasKilled ? .noted : .ok
    return ValidityCheck(
      key: "outcomes_balance", name: "Outcomes balance", measured: "\(kept) of \(scheduled)",
      value: Double(kept - scheduled), limits: .init(.jobs, invalid: 0), limit: "exact", level: level,
      sentence: fault
        ?? (wasKilled
          ? "The generator was killed: \(kept) of \(scheduled) scheduled jobs have an outcome."
          : "All \(QuantityText.grouped(kept)) scheduled jobs have exactly one outcome."))
  }

  private static func indexFault(_ reading: RunReading, wasKilled: Bool) -> String? {
    let indices = Set(reading.records.map(\.index))
    let (kept, scheduled) = (reading.records.count, reading.info.scheduled)
    if indices.count != kept { return "\(kept - indices.count) jobs were counted more than once." }
    guard !wasKilled else { return nil }
    if kept != scheduled { return "\(scheduled) jobs were scheduled, but \(kept) have an outcome." }
    return nil
  }

  /// What the generator counted as jobs ended, against what was stored of them.
  private static func countFault(_ reading: RunReading) -> String? {
    guard let counted = reading.info.outcomes else { return nil }
    for outcome in JobOutcome.allCases {
      let stored = reading.records.count { $0.outcome == outcome }
      let own = counted[outcome.rawValue] ?? 0
      if stored != own { return "The generator counted \(own) jobs as \(outcome.rawValue), but \(stored) were stored." }
    }
    return nil
  }
}
