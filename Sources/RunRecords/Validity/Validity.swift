/// Every check of a run on itself, and the verdict that follows.
public struct Validity: Codable, Sendable, Hashable {
  /// The checks, in a fixed order.
  public var checks: [ValidityCheck]

  /// The worst of the checks.
  public var verdict: ValidityVerdict {
    switch checks.map(\.level).max() ?? .invalid {
    case .invalid: .invalid
    case .suspect: .suspect
    default: .valid
    }
  }

  /// The checks that made the verdict, worst first.
  public var concerns: [ValidityCheck] {
    checks.filter { $0.level >= .suspect }.sorted { $0.level > $1.level }
  }

  /// Looks at a run.
  public init(_ reading: RunReading) {
    let recorded = reading.recorded
    let clock = RunClock(reading.info)
    checks =
      [Self.hasJobs(recorded)]
      + Self.lateness(recorded, clock)
      + Self.offeredRate(reading)
      + [
        Self.dropped(recorded, reading.info), Self.balance(reading), Self.littlesLaw(reading),
        Self.parts(recorded, clock),
      ]
      + Self.generator(reading)
      + [Self.sameMachine(reading.info)]
      + Self.steadiness(reading, clock)
  }

  static func hasJobs(_ recorded: JobRecords) -> ValidityCheck {
    ValidityCheck(
      "jobs_recorded", "Jobs recorded", Double(recorded.count), .init(.jobs, invalid: 1, isFloor: true),
      measured: "\(recorded.count)",
      sentence: recorded.isEmpty
        ? "No job of a recorded phase was kept, so there is nothing to measure."
        : "\(recorded.count) jobs of recorded phases were kept.")
  }
}
