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

  /// Checks that have been made.
  init(checks: [ValidityCheck]) {
    self.checks = checks
  }

  /// Looks at a run.
  public init(_ reading: RunReading) {
    var tally = ValidityTally(reading.info)
    for job in reading.records { tally.add(job) }
    self.init(reading, tally)
  }

  /// Looks at a run whose jobs have been looked at.
  package init(_ reading: RunReading, _ tally: ValidityTally) {
    let (info, phases) = (reading.info, reading.info.phases.compactMap { tally.phases[$0.name] })
    let ofJobs =
      [Self.hasJobs(tally.recorded)] + Self.lateness(tally) + Self.offeredRate(phases, isPartial: info.partial)
      + Self.bursts(phases)
    let ofCounts = [
      Self.dropped(tally, info), Self.balance(reading, tally), Self.littlesLaw(info, tally), Self.parts(tally),
    ]
    let ofMachines = Self.generator(reading) + [Self.sameMachine(info)] + Self.shards(info)
    checks = ofJobs + ofCounts + ofMachines + Self.steadiness(phases)
  }

  private static func hasJobs(_ recorded: Int) -> ValidityCheck {
    ValidityCheck(
      "jobs_recorded", "Jobs recorded", Double(recorded), .init(.jobs, invalid: 1, isFloor: true),
      measured: "\(recorded)",
      sentence: recorded == 0
        ? "No job of a recorded phase was kept, so there is nothing to measure."
        : "\(recorded) jobs of recorded phases were kept.")
  }
}
