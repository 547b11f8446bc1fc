import Scenarios
import Statistics

/// What a search found.
public struct CapacityResult: Sendable, Codable {
  /// A step as tools read it: rates a second, times in milliseconds; a percentile without enough jobs is absent.
  public struct Step: Sendable, Codable {
    /// Jobs a second that were asked for.
    public var rate: Double
    /// Jobs a second that were due in the window, which differs from the rate where arrivals are random.
    public var offered: Double
    /// Why it was measured.
    public var purpose: SaturationSearch.Purpose
    /// Whether the platform held it.
    public var passed: Bool
    /// What speaks against it.
    public var reasons: [String]
    /// Jobs that were due.
    public var jobs: Int
    /// Results a second.
    public var throughput: Double
    /// Mean jobs in flight.
    public var inFlight: Double
    /// Median of end-to-end time.
    public var p50Ms: Double?
    /// End-to-end time that 95 % do not exceed.
    public var p95Ms: Double?
    /// End-to-end time that 99 % do not exceed.
    public var p99Ms: Double?
    /// The run's id.
    public var run: String
  }

  /// Version of this structure.
  public var schemaVersion = 1
  /// The scenario's name.
  public var scenario: String
  /// What each step had to hold.
  public var objective: [String]
  /// The highest rate that held; absent where none did.
  public var lastPass: Double?
  /// The lowest rate that did not; absent where every rate held.
  public var firstFail: Double?
  /// Results a second over all windows at the last pass, with the interval of their mean; absent below two windows.
  public var throughput: Interval?
  /// Times that the last pass held again.
  public var confirmations: Int
  /// The bracket is narrow and its lower end was confirmed.
  public var isConfirmed: Bool
  /// The search was stopped before its end.
  public var isPartial: Bool
  /// Why it was; absent where it was not.
  public var endReason: SearchEnd?
  /// US dollars at list price that all steps have cost, those without a verdict included; absent where the platform does not
  /// tell what it bills.
  public var dollars: Double?
  /// US dollars that they might cost; absent where the scenario has no `max_cost`.
  public var maximumDollars: Double?
  /// What was measured, in order.
  public var steps: [Step]

  /// The result of a search and its judged steps, which go together one by one.
  public init(
    scenario: String, objective: ServiceObjective, _ search: SaturationSearch, _ judged: [JudgedStep],
    _ end: SearchEnd?,
    _ budget: SearchBudget
  ) {
    self.scenario = scenario
    self.objective = objective.conditions.map(\.text)
    (lastPass, firstFail) = (search.lastPass, search.firstFail)
    (confirmations, isConfirmed) = (search.confirmed, search.isConfirmed)
    (isPartial, endReason) = (end != nil, end)
    (dollars, maximumDollars) = (budget.jobs > 0 ? budget.spent : nil, budget.limit)
    steps = zip(search.steps, judged).map(Step.init)
    let best = search.lastPass
    throughput = Self.interval(
      steps.filter { $0.passed && $0.rate == best }.map(\.throughput))
  }

  /// The interval of a mean by Student's t.
  private static func interval(_ values: [Double]) -> Interval? {
    guard values.count >= 2 else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let reach = StudentT(freedom: count - 1).quantile(0.975) * (variance / count).squareRoot()
    return Interval(lower: max(0, mean - reach), upper: mean + reach)
  }
}

extension CapacityResult.Step {
  fileprivate init(_ asked: SaturationSearch.Step, _ judged: JudgedStep) {
    let step = judged.step
    func milliseconds(_ probability: Double) -> Double? {
      step.endToEnd.quantile(probability).exact.map { Double($0) / 1e6 }
    }
    self.init(
      rate: asked.rate, offered: step.rate, purpose: asked.purpose, passed: asked.passed, reasons: judged.reasons,
      jobs: step.offered,
      throughput: step.throughput, inFlight: step.inFlight, p50Ms: milliseconds(0.5), p95Ms: milliseconds(0.95),
      p99Ms: milliseconds(0.99), run: step.run)
  }
}
