public import RunRecords

/// What came of a run beside its records.
public struct RunMeasurement: Sendable {
  /// The instant that every `t*` counts from.
  public let origin: RunOrigin
  /// Seconds from the run's start to the end of its last job.
  public let durationSeconds: Double
  /// The phases as they went.
  public let phases: [PhaseInfo]
  /// Jobs that became due.
  public let scheduled: Int
  /// How they ended; adds up to `scheduled`.
  public let counts: OutcomeCounts
  /// Why the run ended.
  public let end: RunEnd
  /// The difference of the two clocks; nil where nothing is known of the platform's.
  public let clockOffset: ClockOffset?
  /// How well the generator itself did.
  public let health: GeneratorHealth
  /// The same, second by second.
  public let samples: [ValiditySample]
  /// The version that the target says of itself.
  public let targetVersion: String?
  /// The version of HTTP that the target chose; nil where it is not known.
  public let httpVersion: String?

  /// The run did not do all that was planned.
  public var isPartial: Bool { end != .completed }

  /// Writes the measurement into what is known of the run.
  public func complete(_ info: inout RunInfo) {
    info.startedAt = origin.milliseconds
    info.durationSeconds = durationSeconds
    info.phases = phases
    info.scheduled = scheduled
    info.partial = isPartial
    info.endReason = end.reason
    info.clockOffset = clockOffset
    info.generator = health
    info.outcomes = Dictionary(uniqueKeysWithValues: JobOutcome.allCases.map { ($0.rawValue, counts[$0]) })
    info.environment.versions["target"] = targetVersion
    info.environment.versions["HTTP"] = httpVersion
  }
}
