import CapacityPlanning
import Pricing
import RunRecords
import Scenarios
import Statistics

/// A plan for tools: rates a second, times in milliseconds, US dollars; what is not known is absent.
struct CapacityPlanSummary: Encodable {
  var schemaVersion = 1
  var scenario: String
  var runs: [String]
  var objective: [String]
  var demand: DemandFigures
  var capacity: RateEstimate?
  var bottleneck: Ceiling?
  var headroom: Double?
  var dollarsPerJob: Double?
  var marginalDollarsPerJob: Double?
  var service: Service?
  var levels: [Level]
  var knee: Double?
  var scalability: ScalabilityFigures?
  var ceilings: [Ceiling]
  var drains: [QueueDrain]
  var bursts: [PlannedBurst]
  var cases: [DemandCase]
  var months: [CapacityMoney.Month]
  var quotaIncreases: [String: [String]]
  var breakEven: [CapacityMoney.Host]
  var sensitivityDollars: [CapacitySensitivity]
  var sensitivityEnvironments: [CapacitySensitivity]
  var unsupported: [String]

  struct DemandFigures: Encodable {
    var perMonth: Double
    var peak: Double
    var meanRate: Double
    var peakRate: Double
    var volume: Double
  }

  struct Service: Encodable {
    var seconds: Double
    var cs2: Double
    var billedMs: Double?
    var memoryMB: Double?
    var polls: Double
    var environments: Int?
    var jobs: Int
  }

  struct Level: Encodable {
    var run: String
    var rate: Double
    var passed: Bool
    var stable: Bool
    var reasons: [String]
    var jobs: Int
    var throughput: Double
    var inFlight: Double
    var p50Ms: Double?
    var p95Ms: Double?
    var p99Ms: Double?
  }

  init(_ plan: CapacityPlan) {
    let (model, demand) = (plan.model, plan.demand)
    scenario = model.readings[0].info.scenario
    runs = model.readings.map(\.info.id)
    objective = model.objective.conditions.map(\.text)
    self.demand = DemandFigures(
      perMonth: demand.perMonth, peak: demand.peak, meanRate: demand.meanRate, peakRate: demand.peakRate,
      volume: plan.volume)
    (capacity, bottleneck, headroom) = (model.estimate, plan.bottleneck, plan.headroom)
    dollarsPerJob = plan.money.map { CapacityMoney.double($0.amortised(plan.volume)) }
    marginalDollarsPerJob = plan.money.map { CapacityMoney.double($0.marginal) }
    service = model.service.map {
      Service(
        seconds: $0.seconds, cs2: $0.variability, billedMs: $0.billedMilliseconds, memoryMB: $0.memoryMB,
        polls: $0.polls, environments: model.environments, jobs: $0.jobs)
    }
    levels = model.levels.map(Level.init)
    bursts = PlannedBurst.all(model)
    (knee, scalability, ceilings, drains) = (model.knee, model.scalability, plan.ceilings, model.drains)
    cases = plan.cases
    months = plan.months
    quotaIncreases = Dictionary(uniqueKeysWithValues: plan.cases.map { ($0.name, plan.increases($0)) })
    breakEven = plan.money?.hosts(peak: demand.peak) ?? []
    sensitivityDollars = CapacitySensitivity.dollars(plan)
    sensitivityEnvironments = CapacitySensitivity.environments(plan)
    unsupported = plan.unsupported
  }
}

extension CapacityPlanSummary.Level {
  init(_ level: JudgedStep) {
    let step = level.step
    func milliseconds(_ probability: Double) -> Double? {
      step.endToEnd.quantile(probability).exact.map { Double($0) / 1e6 }
    }
    self.init(
      run: step.run, rate: step.rate, passed: level.passed, stable: level.isStable, reasons: level.reasons,
      jobs: step.offered, throughput: step.throughput, inFlight: step.inFlight, p50Ms: milliseconds(0.5),
      p95Ms: milliseconds(0.95), p99Ms: milliseconds(0.99))
  }
}

extension CapacityPlan {
  /// The bill of each demand; empty where nothing is known of money.
  var months: [CapacityMoney.Month] { cases.compactMap { money?.month($0.name, $0.perMonth) } }

  /// What has to be asked of AWS for a demand.
  func increases(_ demand: DemandCase) -> [String] {
    quotas.increases(environments: demand.environments, peakRate: demand.peakRate, calls: calls)
  }

  /// The plan for tools; keys are sorted, and `schemaVersion` names their meaning.
  public var json: String { JSONText.sorted(CapacityPlanSummary(self)) }

  /// The plan as a self-contained page.
  public var html: String { CapacityPlanPage(plan: self).frame.html.text }

  /// Writes the page to a file, whole or not at all.
  public func write(to path: String) throws(ReportError) { try ReportError.writing(html, to: path) }
}
