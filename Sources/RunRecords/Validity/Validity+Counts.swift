import Statistics

extension Validity {
  /// Jobs sent per time against the plan, for each recorded phase whose arrivals are planned.
  static func offeredRate(_ reading: RunReading) -> [ValidityCheck] {
    reading.info.phases.filter { $0.recorded && !$0.closed && $0.scheduled > 0 }.map { offeredRate($0, reading) }
  }

  private static func offeredRate(_ phase: PhaseInfo, _ reading: RunReading) -> ValidityCheck {
    let jobs = reading.records.filter { $0.phase == phase.name }
    let planned = reading.info.partial ? jobs.count : phase.scheduled
    let (key, name) = ("offered_rate{phase=\(phase.name)}", "Offered rate, \(phase.name)")
    let limits = ValidityLimit(.share, suspect: 0.005, invalid: 0.02)
    guard planned > 0, phase.duration > 0 else {
      return ValidityCheck(unmeasured: key, name, limits, "The phase did not begin.")
    }
    // A job that the scenario wants dropped at the cap was offered and refused: an outcome, and no fault of the pace.
    let sent = jobs.filter { $0.t1 != nil || reading.info.dropsAllowed && $0.outcome == .dropped }
    // Sending the last job late stretches the time in which the phase's jobs were offered.
    let delay = max(0, (sent.compactMap(\.t1).max() ?? 0) - (jobs.map(\.t0).max() ?? 0))
    // One missing job is a large share of a small phase, and yet only one job.
    let counted = planned - sent.count == 1 ? planned : sent.count
    let rate = Double(counted) / Double(planned) * Double(phase.duration) / Double(phase.duration + delay)
    return ValidityCheck(
      key, name, abs(rate - 1), limits, measured: "\(QuantityText.fixed((rate - 1) * 100, decimals: 2)) %",
      sentence:
        "\(QuantityText.grouped(sent.count)) of \(QuantityText.grouped(planned)) planned jobs were sent, the last "
        + "\(QuantityText.duration(nanoseconds: delay)) after the plan's last.")
  }

  /// Jobs that the generator itself could not send.
  static func dropped(_ recorded: JobRecords, _ info: RunInfo) -> ValidityCheck {
    let bad = recorded.count { $0.outcome == .dropped }
    let share = recorded.isEmpty ? 0 : Double(bad) / Double(recorded.count)
    func exceeds(_ limit: Double, asInvalid: Bool) -> Bool {
      share > limit && CountedLimit(bad: bad, count: recorded.count, share: limit).isExceeded(asInvalid: asInvalid)
    }
    let level: ValidityLevel =
      info.dropsAllowed || bad == 0
      ? .ok : exceeds(0.01, asInvalid: true) ? .invalid : exceeds(0.001, asInvalid: false) ? .suspect : .ok
    let asked = info.dropsAllowed && bad > 0 ? " The scenario asks for it (on_limit: drop)." : ""
    return ValidityCheck(
      "dropped_jobs", "Dropped jobs", share, .init(.share, suspect: 0.001, invalid: 0.01),
      measured: "\(bad) of \(recorded.count)", level: level,
      sentence: "\(bad) of \(QuantityText.grouped(recorded.count)) jobs could not be sent because too many were in "
        + "flight.\(asked)")
  }

  /// The parts of e2e add up, which a wrong clock offset would spoil.
  static func parts(_ recorded: JobRecords, _ clock: RunClock) -> ValidityCheck {
    let decompositions = recorded.compactMap { Decomposition($0, on: clock) }
    let limits = ValidityLimit(.share, suspect: 0.01)
    guard !decompositions.isEmpty else {
      return ValidityCheck(
        unmeasured: "parts_add_up", "Parts add up", limits,
        "The platform gives no instants, so end-to-end time cannot be taken apart.")
    }
    let bad = decompositions.count { !$0.addsUp }
    let judged = CountedLimit(bad: bad, count: decompositions.count, share: 0.01)
    let largest = decompositions.map { $0[.residual] }.max { abs($0) < abs($1) } ?? 0
    return ValidityCheck(
      key: "parts_add_up", name: "Parts add up", measured: "\(bad) of \(decompositions.count) do not",
      value: Double(bad) / Double(decompositions.count), limits: limits,
      limit: "within 1 ms or 1 %; suspect where more than 1 % of jobs are not",
      level: judged.isExceeded(asInvalid: false) ? .suspect : .ok,
      sentence: "The parts of \(QuantityText.grouped(decompositions.count - bad)) of "
        + "\(QuantityText.grouped(decompositions.count)) jobs add up to end-to-end within 1 ms or 1 %; the largest residual "
        + "is \(QuantityText.duration(nanoseconds: largest)).")
  }
}
