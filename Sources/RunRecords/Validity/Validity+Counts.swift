import Statistics

extension Validity {
  /// Jobs sent per time against the plan, for each recorded phase whose arrivals are planned.
  static func offeredRate(_ reading: RunReading) -> [ValidityCheck] {
    reading.info.phases.filter { $0.recorded && !$0.closed && $0.scheduled > 0 }.map { offeredRate($0, reading) }
  }

  private static func offeredRate(_ phase: PhaseInfo, _ reading: RunReading) -> ValidityCheck {
    let jobs = reading.records.filter { $0.phase == phase.name }
    let planned = reading.info.partial ? jobs.count : phase.scheduled
    let name = "Offered rate, \(phase.name)"
    let limit = "suspect > 0.5 % off, invalid > 2 % off"
    guard planned > 0, phase.duration > 0 else {
      return ValidityCheck(
        name: name, measured: nil, limit: limit, level: .notMeasured, sentence: "The phase did not begin.")
    }
    let sent = jobs.filter { $0.t1 != nil }
    // Sending the last job late stretches the time in which the phase's jobs were offered.
    let delay = max(0, (sent.compactMap(\.t1).max() ?? 0) - (jobs.map(\.t0).max() ?? 0))
    // One missing job is a large share of a small phase, and yet only one job.
    let counted = planned - sent.count == 1 ? planned : sent.count
    let rate = Double(counted) / Double(planned) * Double(phase.duration) / Double(phase.duration + delay)
    let off = abs(rate - 1)
    let level: ValidityLevel = off > 0.02 ? .invalid : off > 0.005 ? .suspect : .ok
    return ValidityCheck(
      name: name, measured: "\(QuantityText.fixed((rate - 1) * 100, decimals: 2)) %", limit: limit, level: level,
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
      name: "Dropped jobs", measured: "\(bad) of \(recorded.count)", limit: "suspect > 0.1 %, invalid > 1 %",
      level: level,
      sentence: "\(bad) of \(QuantityText.grouped(recorded.count)) jobs could not be sent because too many were in "
        + "flight.\(asked)")
  }

  /// Every scheduled job has exactly one outcome.
  static func balance(_ reading: RunReading) -> ValidityCheck {
    let kept = reading.records.count
    let distinct = Set(reading.records.map(\.index)).count
    let scheduled = reading.info.scheduled
    let name = "Outcomes balance"
    let measured = "\(kept) of \(scheduled)"
    if distinct != kept {
      return ValidityCheck(
        name: name, measured: measured, limit: "exact", level: .invalid,
        sentence: "\(kept - distinct) jobs were counted more than once.")
    }
    if reading.info.partial {
      return ValidityCheck(
        name: name, measured: measured, limit: "exact", level: .noted,
        sentence: "The run ended early: \(kept) of \(scheduled) scheduled jobs have an outcome.")
    }
    return ValidityCheck(
      name: name, measured: measured, limit: "exact", level: kept == scheduled ? .ok : .invalid,
      sentence: kept == scheduled
        ? "All \(QuantityText.grouped(kept)) scheduled jobs have exactly one outcome."
        : "\(scheduled) jobs were scheduled, but \(kept) have an outcome.")
  }

  /// The parts of e2e add up, which a wrong clock offset would spoil.
  static func parts(_ recorded: JobRecords, _ clock: RunClock) -> ValidityCheck {
    let decompositions = recorded.compactMap { Decomposition($0, on: clock) }
    let limit = "within 1 ms or 1 %; suspect where more than 1 % of jobs are not"
    guard !decompositions.isEmpty else {
      return ValidityCheck(
        name: "Parts add up", measured: nil, limit: limit, level: .notMeasured,
        sentence: "The platform gives no instants, so end-to-end time cannot be taken apart.")
    }
    let bad = decompositions.count { !$0.addsUp }
    let judged = CountedLimit(bad: bad, count: decompositions.count, share: 0.01)
    let largest = decompositions.map { $0[.residual] }.max { abs($0) < abs($1) } ?? 0
    return ValidityCheck(
      name: "Parts add up", measured: "\(bad) of \(decompositions.count) do not", limit: limit,
      level: judged.isExceeded(asInvalid: false) ? .suspect : .ok,
      sentence: "The parts of \(QuantityText.grouped(decompositions.count - bad)) of "
        + "\(QuantityText.grouped(decompositions.count)) jobs add up to end-to-end within 1 ms or 1 %; the largest residual "
        + "is \(QuantityText.duration(nanoseconds: largest)).")
  }
}
