import Statistics

extension Validity {
  /// How the generator and its machine did.
  static func generator(_ info: RunInfo) -> [ValidityCheck] {
    guard let health = info.generator else {
      return [
        ValidityCheck(
          name: "Generator's health", measured: nil, limit: "-", level: .notMeasured,
          sentence: "The generator left no reading of its own health.")
      ]
    }
    return [
      above(
        "Generator CPU", health.loopCPUShare, 0.7, 0.95,
        "The generator's loop used % of a core; near a full core it cannot keep its plan."),
      idle(health),
      above(
        "Run-queue delay", health.runQueueDelayShare, 0.01, 0.1,
        "The generator's loop stood ready without a core for % of the run."),
      stalls(health),
      above("Steal time", health.stealShare, 0.005, 0.05, "The hypervisor took % of this machine's time."),
    ]
  }

  /// Generator and platform shared a machine.
  static func sameMachine(_ info: RunInfo) -> ValidityCheck {
    ValidityCheck(
      name: "Separate machines", measured: info.sameMachine ? "no" : "yes", limit: "always said",
      level: info.sameMachine ? .noted : .ok,
      sentence: info.sameMachine
        ? "The generator ran on the same machine as the platform: they shared its processors, so latencies hold the "
          + "generator's own load, and nothing here is a claim about AWS."
        : "The generator ran on another machine than the platform.")
  }

  private static func above(
    _ name: String, _ share: Double?, _ suspect: Double, _ invalid: Double, _ sentence: String
  ) -> ValidityCheck {
    let limit = "suspect > \(QuantityText.percent(suspect)), invalid > \(QuantityText.percent(invalid))"
    guard let share else {
      return ValidityCheck(
        name: name, measured: nil, limit: limit, level: .notMeasured, sentence: "This system does not tell.")
    }
    let text = QuantityText.percent(share)
    return ValidityCheck(
      name: name, measured: text, limit: limit, level: share > invalid ? .invalid : share > suspect ? .suspect : .ok,
      sentence: sentence.split(separator: "%", maxSplits: 1).joined(separator: text))
  }

  private static func idle(_ health: GeneratorHealth) -> ValidityCheck {
    guard let mean = health.hostIdleMean else {
      return ValidityCheck(
        name: "Host idle", measured: nil, limit: "suspect < 20 %", level: .notMeasured,
        sentence: "This system does not tell.")
    }
    let least = health.hostIdleMinimum.map { ", and \(QuantityText.percent($0)) in its busiest second" } ?? ""
    return ValidityCheck(
      name: "Host idle", measured: QuantityText.percent(mean), limit: "suspect < 20 %",
      level: mean < 0.2 ? .suspect : .ok,
      sentence: "The generator's machine was idle \(QuantityText.percent(mean)) of the run\(least).")
  }

  private static func stalls(_ health: GeneratorHealth) -> ValidityCheck {
    let judged = CountedLimit(bad: health.stalledWindows, count: health.windows, share: 0.01)
    let level: ValidityLevel =
      judged.isExceeded(asInvalid: true) ? .invalid : health.stalledWindows > 0 ? .suspect : .ok
    return ValidityCheck(
      name: "Stalled seconds", measured: "\(health.stalledWindows) of \(health.windows)",
      limit: "suspect > 0, invalid > 1 %", level: level,
      sentence: "In \(health.stalledWindows) of \(health.windows) seconds a 10 ms ticker was late by more than 100 ms.")
  }
}
