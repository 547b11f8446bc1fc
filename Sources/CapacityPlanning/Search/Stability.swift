import Statistics

/// Whether a platform keeps up with a rate, which comes before any question of how fast it answers.
///
/// It does where 99 % of the jobs are finished, nothing is refused, and jobs in flight do not pile up. In a short window chance
/// alone moves the number in flight by about its square root, so a backlog has to grow by three of them, and by 1 % of the jobs.
public struct Stability: Sendable, Hashable {
  /// What speaks against it; empty where the platform keeps up.
  public let faults: [String]

  /// Whether the platform keeps up.
  public var isStable: Bool { faults.isEmpty }

  /// The least share of jobs that must be finished.
  public static let leastFinished = 0.99

  /// The judgement of a step.
  public init(_ step: LoadStep) {
    faults = [Self.unfinished(step), Self.throttled(step), Self.backlog(step), Self.shortfall(step)].compactMap(\.self)
  }

  private static func unfinished(_ step: LoadStep) -> String? {
    let share = Double(step.finished) / Double(step.offered)
    return share >= leastFinished ? nil : "only \(QuantityText.percent(share)) of the jobs were finished"
  }

  private static func throttled(_ step: LoadStep) -> String? {
    step.rejected == 0 ? nil : "\(step.rejected) of \(step.offered) jobs were refused or throttled"
  }

  private static func backlog(_ step: LoadStep) -> String? {
    guard let slope = step.slope, slope.lower > 0 else { return nil }
    let growth = slope.slope * step.seconds
    guard growth > noise(step) else { return nil }
    return "jobs in flight grew by \(QuantityText.number(slope.slope)) a second"
  }

  private static func shortfall(_ step: LoadStep) -> String? {
    let missing = Double(step.offered - step.completed)
    // Both ends of the window count, and 1 % of the jobs may be under way beside them.
    let ends = 3 * (2 * max(1, step.inFlight)).squareRoot()
    guard missing > ends + Double(step.offered) * (1 - leastFinished) else { return nil }
    return
      "\(QuantityText.number(Double(step.offered) / step.seconds)) jobs a second came and \(QuantityText.number(step.throughput)) were finished"
  }

  /// How many jobs a trend may come to without a reason.
  private static func noise(_ step: LoadStep) -> Double {
    max(Double(step.offered) * (1 - leastFinished), 3 * max(1, step.inFlight).squareRoot())
  }
}
