public import RunRecords
import Scenarios
import Statistics

/// Everything that stored runs say about a platform's capacity.
public struct CapacityModel: Sendable {
  /// The runs, in the order of time.
  public let readings: [RunReading]
  /// What every level had to hold.
  public let objective: ServiceObjective
  /// Levels of load by rate.
  public let levels: [JudgedStep]
  /// The highest rate; nil where no level held.
  public let estimate: RateEstimate?
  /// What a job takes; nil where the platform does not tell.
  public let service: ServiceDemand?
  /// The scalability law over stable levels; nil where they do not support it.
  public let scalability: ScalabilityFigures?
  /// Why there is no law; nil where there is one.
  public let noScalabilityReason: String?
  /// The rate at the curve's knee (Kneedle over throughput); nil where there is none.
  public let knee: Double?
  /// How backlogs were worked off.
  public let drains: [QueueDrain]
  /// Environments that may run at once, as told or as seen; nil where neither.
  public let environments: Int?
  /// Somebody said how many environments may run at once.
  public let environmentsAreTold: Bool
  /// Levels that were left out, with why.
  public let leftOut: [String]

  /// Reads the runs; refuses those that are not of one scenario, and those without a level of load.
  public init(
    _ readings: [RunReading], _ objective: ServiceObjective, environments told: Int? = nil
  ) throws(PlanningRefusal) {
    try Self.checkScenarios(readings)
    self.readings = readings.sorted { $0.info.startedAt < $1.info.startedAt }
    self.objective = objective
    let all = self.readings.flatMap { JudgedStep.all(of: $0, objective) }
    let (kept, dropped) = (all.filter(\.isMeasurement), all.filter { !$0.isMeasurement })
    guard !kept.isEmpty else {
      throw PlanningRefusal(
        "these runs have no level of load: a recorded phase with open arrivals at a constant rate\(Self.others(readings))",
        hint: "run the scenario at several rates, for example with --set, or give the runs of `rce-bench capacity`")
    }
    levels = kept.sorted { $0.step.rate < $1.step.rate }
    leftOut =
      dropped.map { "\($0.step.run) at \(QuantityText.number($0.step.rate))/s: \($0.reasons.last ?? "")" }
      + self.readings.flatMap(Self.phasesWithoutLevel)
    let stable = Set(kept.filter(\.isStable).map(\.step.run))
    let service = ServiceDemand(self.readings.filter { stable.contains($0.info.id) })
    self.service = service
    (environmentsAreTold, environments) = (told != nil, told ?? ServiceDemand(self.readings)?.environments)
    let ceiling = told.flatMap { told in service.map { Double(told) / $0.seconds } }
    estimate = RateEstimate(levels, objective, servers: environments, serverCeiling: ceiling)
    (scalability, noScalabilityReason) = Self.scalability(levels)
    knee = Kneedle.knee(Self.distinct(levels.map { ($0.step.rate, $0.step.throughput) }))
    drains = self.readings.flatMap { reading in
      kept.filter { $0.step.run == reading.info.id }.compactMap { QueueDrain($0, reading) }
    }
  }

  /// Recorded phases that are no level, each with why: stairs and ramps mix rates whose backlogs reach into each other.
  private static func phasesWithoutLevel(_ reading: RunReading) -> [String] {
    guard !reading.info.partial else { return ["\(reading.info.id) was interrupted: it has no level of load"] }
    return reading.info.phases.filter { $0.recorded && ($0.closed || $0.kind != "constant") }.map { phase in
      let why = phase.closed ? "its rate is an outcome (process closed)" : "kind \(phase.kind) has no one rate"
      return "\(reading.info.id), phase \(phase.name): \(why)"
    }
  }

  private static func others(_ readings: [RunReading]) -> String {
    let reasons = readings.flatMap(phasesWithoutLevel)
    return reasons.isEmpty ? "" : " (\(reasons.prefix(3).joined(separator: "; ")))"
  }

  private static func checkScenarios(_ readings: [RunReading]) throws(PlanningRefusal) {
    guard let first = readings.first else {
      throw PlanningRefusal("there is no run to plan with", hint: "name runs of one scenario at several rates")
    }
    let names = Set(readings.map(\.info.scenario)).sorted()
    guard names.count == 1 else {
      throw PlanningRefusal(
        "the runs are of different scenarios: \(names.joined(separator: ", "))",
        hint: "a curve needs one load at several rates; name runs of one scenario")
    }
    for reading in readings where reading.info.submissions != first.info.submissions {
      throw PlanningRefusal(
        "runs \(first.info.id) and \(reading.info.id) submit different programs", hint: "name runs of one mix")
    }
  }

  /// The law over levels at which the platform kept up: beyond a quota's wall it does not hold.
  private static func scalability(_ levels: [JudgedStep]) -> (ScalabilityFigures?, String?) {
    let points = levels.filter { $0.isStable && $0.step.inFlight >= 1 }.map {
      (concurrency: $0.step.inFlight, throughput: $0.step.throughput)
    }
    // Levels of nearly the same concurrency are repeats of one level.
    let distinct = points.map(\.concurrency).sorted().reduce(into: [Double]()) { kept, next in
      if next > (kept.last ?? 0) * 1.02 { kept.append(next) }
    }
    guard distinct.count >= LoadLevels.needed else {
      return (
        nil,
        "the scalability law needs \(LoadLevels.needed) stable levels with different numbers of jobs in flight, at least one on average; there are \(distinct.count)"
      )
    }
    do throws(PlanningRefusal) {
      return (try ScalabilityFigures(LoadLevels(points, name: "the runs")), nil)
    } catch {
      return (nil, error.what)
    }
  }

  private static func distinct(_ points: [(Double, Double)]) -> [(x: Double, y: Double)] {
    points.reduce(into: [(x: Double, y: Double)]()) { kept, next in
      if next.0 > kept.last?.x ?? 0 { kept.append((next.0, next.1)) }
    }
  }
}
