import Statistics

extension Validity {
  /// Whether end-to-end time rises or falls within a phase that is meant to be constant.
  static func steadiness(_ phases: [PhaseTally]) -> [ValidityCheck] {
    phases.filter(\.isMeantSteady).map { steadiness($0) }
  }

  private static func steadiness(_ tally: PhaseTally) -> ValidityCheck {
    let phase = tally.phase
    let (key, name) = ("steady{phase=\(phase.name)}", "Steady, \(phase.name)")
    let limits = ValidityLimit(.share, suspect: 0.05)
    let medians = binnedMedians(tally)
    guard medians.count >= 10, let middle = Sample(medians.map { Int64($0) }).position(0.5), middle > 0 else {
      return ValidityCheck(
        unmeasured: key, name, limits,
        "\(QuantityText.grouped(tally.jobs)) jobs give \(medians.count) medians in time; a trend needs ten, of five jobs each."
      )
    }
    let trend = MannKendall(medians)
    let scale = Double(medians.count - 1) / Double(middle)
    let (lower, upper) = (trend.slopeLower * scale, trend.slopeUpper * scale)
    let isSteady = trend.pValue >= 0.05 || !(lower > 0.05 || upper < -0.05)
    let chance = "p = \(QuantityText.fixed(trend.pValue, decimals: trend.pValue < 0.1 ? 3 : 2))"
    let change = "\(QuantityText.fixed(trend.slope * scale * 100, decimals: 0)) % over the phase, \(chance)"
    // The end of the interval that is nearer to no change is what the phase has changed by at least.
    let least = lower > 0 ? lower : upper < 0 ? -upper : 0
    return ValidityCheck(
      key: key, name: name, measured: change, value: least, limits: limits, limit: "no trend (p < 0.05) beyond 5 %",
      level: isSteady ? .ok : .suspect,
      sentence: isSteady
        ? "End-to-end time shows no trend in phase \(phase.name) that matters and is not chance (\(change))."
        : "Not steady: end-to-end time changed in phase \(phase.name) (\(change)), so the run supports no claim about "
          + "capacity.")
  }

  /// Medians of e2e by arrival in at most 60 equal slices of the phase that hold five jobs on average; slices with
  /// fewer than three are left out, because one job is no median.
  private static func binnedMedians(_ tally: PhaseTally) -> [Double] {
    let phase = tally.phase
    let count = min(60, tally.jobs / 5)
    guard count > 0, phase.duration > 0 else { return [] }
    var bins = Array(repeating: [Int64](), count: count)
    for job in tally.course {
      let position = Double(job.due - phase.start) / Double(phase.duration)
      bins[min(count - 1, max(0, Int(position * Double(count))))].append(job.e2e)
    }
    return bins.filter { $0.count >= 3 }.compactMap { Sample($0).position(0.5).map(Double.init) }
  }
}
