import Statistics

extension Validity {
  /// How the generator and its machine did.
  static func generator(_ reading: RunReading) -> [ValidityCheck] {
    if let seen = generatorReading(reading) { return generator(seen) }
    return [
      ValidityCheck(
        key: "generator_health", name: "Generator's health", measured: nil, limit: "-", level: .notMeasured,
        sentence: "The generator left no reading of its own health.")
    ]
  }

  /// The same from what was seen of them.
  static func generator(_ seen: GeneratorReading) -> [ValidityCheck] {
    [
      share(
        "generator_cpu", "Generator CPU", seen.cpuShare, .generatorCPU,
        "The busiest loop of the generator used % of a core in its busiest ten seconds; near a full core it cannot keep "
          + "its plan."),
      idle(seen),
      share(
        "run_queue_delay", "Run-queue delay", seen.waitingShare, .runQueueDelay,
        "A loop of the generator stood ready without a core for % of the run."),
      stalls(seen),
      share(
        "steal", "Steal time", seen.steal, .steal,
        "The hypervisor took % of this machine's time."),
    ]
  }

  /// Generator and platform shared a machine.
  static func sameMachine(_ info: RunInfo) -> ValidityCheck {
    ValidityCheck(
      key: "separate_machines", name: "Separate machines", measured: info.sameMachine ? "no" : "yes",
      limit: "always said", level: info.sameMachine ? .noted : .ok,
      sentence: info.sameMachine
        ? "The generator ran on the same machine as the platform: they shared its processors, so latencies hold the "
          + "generator's own load, and nothing here is a claim about AWS."
        : "The generator ran on another machine than the platform.")
  }

  private static func generatorReading(_ reading: RunReading) -> GeneratorReading? {
    guard reading.samples.isEmpty else { return GeneratorReading(reading.samples, phases: reading.info.phases) }
    return reading.info.generator.map { GeneratorReading($0) }
  }

  private static func share(
    _ key: String, _ name: String, _ share: Double?, _ limits: ValidityLimit, _ sentence: String
  ) -> ValidityCheck {
    guard let share else { return ValidityCheck(unmeasured: key, name, limits, "This system does not tell.") }
    let text = QuantityText.percent(share)
    return ValidityCheck(
      key, name, share, limits, sentence: sentence.split(separator: "%", maxSplits: 1).joined(separator: text))
  }

  private static func idle(_ seen: GeneratorReading) -> ValidityCheck {
    let least = seen.idleMinimum.map { ", and \(QuantityText.percent($0)) in its busiest second" } ?? ""
    return share(
      "host_idle", "Host idle", seen.idleMean, .hostIdle,
      "The generator's machine was idle % of the run\(least).")
  }

  private static func stalls(_ seen: GeneratorReading) -> ValidityCheck {
    let limits = ValidityLimit.stalls
    guard seen.seconds > 0 else {
      return ValidityCheck(
        unmeasured: "stalled_seconds", "Stalled seconds", limits, "The run was shorter than a second.")
    }
    let judged = CountedLimit(bad: seen.stalled, count: seen.seconds, share: 0.01)
    let level: ValidityLevel = judged.isExceeded(asInvalid: true) ? .invalid : seen.stalled > 0 ? .suspect : .ok
    return ValidityCheck(
      "stalled_seconds", "Stalled seconds", Double(seen.stalled) / Double(seen.seconds), limits,
      measured: "\(seen.stalled) of \(seen.seconds)", level: level,
      sentence: "In \(seen.stalled) of \(seen.seconds) seconds a 10 ms ticker was late by more than 100 ms.")
  }
}
