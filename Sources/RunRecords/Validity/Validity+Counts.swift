import Statistics

extension Validity {
  /// Jobs sent per time against the plan, for each recorded phase whose arrivals are planned.
  static func offeredRate(_ phases: [PhaseTally], isPartial: Bool) -> [ValidityCheck] {
    phases.filter { $0.phase.recorded && !$0.phase.closed && $0.phase.scheduled > 0 }
      .map { offeredRate($0, planned: isPartial ? $0.jobs : $0.phase.scheduled) }
  }

  private static func offeredRate(_ tally: PhaseTally, planned: Int) -> ValidityCheck {
    let (phase, sent) = (tally.phase, tally.sent)
    let (key, name) = ("offered_rate{phase=\(phase.name)}", "Offered rate, \(phase.name)")
    let limits = ValidityLimit(.share, suspect: 0.005, invalid: 0.02)
    guard planned > 0, phase.duration > 0 else {
      return ValidityCheck(unmeasured: key, name, limits, "The phase did not begin.")
    }
    // Sending the last job late stretches the time in which the phase's jobs were offered.
    let delay = max(0, (tally.lastSent ?? 0) - (tally.lastDue ?? 0))
    // One missing job is a large share of a small phase, and yet only one job.
    let counted = planned - sent == 1 ? planned : sent
    let rate = Double(counted) / Double(planned) * Double(phase.duration) / Double(phase.duration + delay)
    return ValidityCheck(
      key, name, abs(rate - 1), limits, measured: "\(QuantityText.fixed((rate - 1) * 100, decimals: 2)) %",
      sentence:
        "\(QuantityText.grouped(sent)) of \(QuantityText.grouped(planned)) planned jobs were sent, the last "
        + "\(QuantityText.duration(nanoseconds: delay)) after the plan's last.")
  }

  /// Jobs that the generator itself could not send.
  static func dropped(_ tally: ValidityTally, _ info: RunInfo) -> ValidityCheck {
    let (bad, recorded) = (tally.dropped, tally.recorded)
    let share = recorded == 0 ? 0 : Double(bad) / Double(recorded)
    func exceeds(_ limit: Double, asInvalid: Bool) -> Bool {
      share > limit && CountedLimit(bad: bad, count: recorded, share: limit).isExceeded(asInvalid: asInvalid)
    }
    let level: ValidityLevel =
      info.dropsAllowed || bad == 0
      ? .ok : exceeds(0.01, asInvalid: true) ? .invalid : exceeds(0.001, asInvalid: false) ? .suspect : .ok
    let asked = info.dropsAllowed && bad > 0 ? " The scenario asks for it (on_limit: drop)." : ""
    return ValidityCheck(
      "dropped_jobs", "Dropped jobs", share, .init(.share, suspect: 0.001, invalid: 0.01),
      measured: "\(bad) of \(recorded)", level: level,
      sentence: "\(bad) of \(QuantityText.grouped(recorded)) jobs could not be sent because too many were in "
        + "flight.\(asked)")
  }

  /// The parts of e2e add up, which a wrong clock offset would spoil.
  static func parts(_ tally: ValidityTally) -> ValidityCheck {
    let (bad, count) = (tally.mismatched, tally.decomposed)
    let limits = ValidityLimit(.share, suspect: 0.01)
    guard count > 0 else {
      return ValidityCheck(
        unmeasured: "parts_add_up", "Parts add up", limits,
        "The platform gives no instants, so end-to-end time cannot be taken apart.")
    }
    let judged = CountedLimit(bad: bad, count: count, share: 0.01)
    return ValidityCheck(
      key: "parts_add_up", name: "Parts add up", measured: "\(bad) of \(count) do not",
      value: Double(bad) / Double(count), limits: limits,
      limit: "within 1 ms or 1 %; suspect where more than 1 % of jobs are not",
      level: judged.isExceeded(asInvalid: false) ? .suspect : .ok,
      sentence: "The parts of \(QuantityText.grouped(count - bad)) of \(QuantityText.grouped(count)) jobs add up to "
        + "end-to-end within 1 ms or 1 %; the largest residual is "
        + "\(QuantityText.duration(nanoseconds: tally.largestResidual)).")
  }
}
