public import CapacityPlanning
import Foundation
import Pricing
public import RunRecords
import Statistics

/// How far a platform carries a demand, from stored runs: every figure of the planning report.
public struct CapacityPlan: Sendable {
  /// What the runs say.
  public let model: CapacityModel
  /// What is expected.
  public let demand: Demand
  /// Jobs a month that money is counted for.
  public let volume: Double
  /// What bounds the rate, the measured platform's first, each kind from the lowest.
  public let ceilings: [Ceiling]
  /// Demands with the environments that they take.
  public let cases: [DemandCase]
  /// Seconds that the objective leaves for waiting, at its probability.
  let wait: (seconds: Double, probability: Double)
  let quotas: CloudQuotas
  let money: CapacityMoney?
  /// The run of the highest level that held, in every figure of its own report.
  let reference: RunFigures?

  /// A plan; refuses what `CapacityModel` refuses, and a volume of nothing.
  public init(
    _ readings: [RunReading], _ objective: ServiceObjective, _ demand: Demand, volume: Double? = nil,
    environments: Int? = nil
  ) throws(PlanningRefusal) {
    if let volume, !(volume > 0) {
      throw PlanningRefusal(
        "a volume of \(volume) jobs has no cost per job", hint: "give one above 0, for example 5M/month")
    }
    let model = try CapacityModel(readings, objective, environments: environments)
    (self.model, self.demand, self.volume) = (model, demand, volume ?? demand.perMonth)
    let money = CapacityMoney(model.service)
    self.money = money
    quotas = CapacityMoney.quotas
    wait = Self.wait(model)
    ceilings = Self.measured(model) + Self.quotaCeilings(model, quotas)
    cases = DemandCase.all(
      demand, service: model.service, waitSeconds: wait.seconds, probability: wait.probability,
      holding: model.estimate?.rate)
    let held = model.levels.last { $0.passed && $0.step.rate <= model.estimate?.lastPass ?? 0 }
    reference = model.readings.first { $0.info.id == held?.step.run }.map(RunFigures.init)
  }

  /// Calls to the API that a job makes.
  var calls: Double { 1 + (model.service?.polls ?? 0) }

  /// The rate that was found over the busiest second of the demand; nil where none was found.
  public var headroom: Double? { model.estimate.map { $0.rate / demand.peakRate } }

  /// What bounds the measured platform first; nil where nothing tells.
  public var bottleneck: Ceiling? { ceilings.filter(\.isMeasured).min { $0.rate < $1.rate } }

  /// What the objective leaves for waiting above the latency of the lightest level, at least a tenth of a second.
  private static func wait(_ model: CapacityModel) -> (Double, Double) {
    guard let latency = model.objective.latency else { return (1, 0.99) }
    let lightest = model.levels.first?.step.endToEnd.quantile(latency.probability).exact
    return (max(0.1, latency.seconds - Double(lightest ?? 0) / 1e9), latency.probability)
  }

  private static func measured(_ model: CapacityModel) -> [Ceiling] {
    var ceilings: [Ceiling] = []
    if let rate = model.estimate?.ceiling, model.levels.contains(where: { !$0.isStable }) {
      ceilings.append(
        Ceiling(name: "Throughput when overloaded", capacity: rate, demand: 1, unit: "jobs/s", isMeasured: true))
    }
    if let count = model.environments, let service = model.service {
      let how = model.environmentsAreTold ? "as told" : "as many as were seen"
      ceilings.append(
        Ceiling(
          name: "Environments, \(how)", capacity: Double(count), demand: service.seconds, unit: "environments",
          isMeasured: true))
    }
    return ceilings.sorted { $0.rate < $1.rate }
  }

  private static func quotaCeilings(_ model: CapacityModel, _ quotas: CloudQuotas) -> [Ceiling] {
    model.service.map { quotas.ceilings(seconds: $0.seconds, calls: 1 + $0.polls) } ?? []
  }

  /// What the data do not support, in sentences.
  public var unsupported: [String] {
    var sentences = model.leftOut.map { "Left out: \($0)" }
    if model.estimate == nil { sentences.append("No level held the objective, so there is no sustainable rate.") }
    if model.estimate?.method == .atLeast {
      sentences.append("Every level held, so the limit is not known: measure at higher rates until one fails.")
    }
    if model.estimate?.method == .lastPass {
      sentences.append(
        "No curve through the levels meets the objective inside the bracket, so the rate is that of the highest level that held."
      )
    }
    if let reason = model.noScalabilityReason { sentences.append("No scalability law: \(reason).") }
    if let reason = model.scalability?.noPeakReason { sentences.append("No peak of throughput is claimed: \(reason).") }
    if model.knee == nil { sentences.append("Throughput over rate has no knee within the levels.") }
    if model.service == nil {
      sentences.append("The platform does not tell when jobs were handed over and done: no environments, no cost.")
    } else if money == nil {
      sentences.append("The platform does not tell what would be billed: no cost.")
    }
    if model.drains.isEmpty {
      sentences.append("No overload left a backlog whose end was measured: no drain to compare.")
    }
    sentences += thinPercentiles
    if model.readings.contains(where: \.info.sameMachine) {
      sentences.append("Load and platform shared a machine in at least one run, so the rate is that of both together.")
    }
    return sentences
  }

  private var thinPercentiles: [String] {
    guard let latency = model.objective.latency else { return [] }
    let thin = model.levels.filter { $0.step.endToEnd.quantile(latency.probability).value == .notAvailable }
    let name = PercentileRule.name(latency.probability)
    return thin.isEmpty
      ? []
      : [
        "\(name) of \(EstimateText.count(thin.count, "level")) has too few jobs (\(PercentileRule.needed(for: latency.probability)) are needed), so that these levels count as failed."
      ]
  }
}
