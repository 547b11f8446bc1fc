/// What to send, when, to whom, and what counts as well done: a scenario file after every key has been checked.
public struct Scenario: Sendable, Hashable {
  /// Name of the scenario, part of the run's id.
  public var name: String
  /// One line for a person.
  public var description: String?
  /// Where arrivals, the order of the mix and the jitter of polls come from.
  public var seed: UInt64
  /// Where the load goes.
  public var target: TargetSpecification
  /// The programs to submit, in the order of the file.
  public var mix: [MixEntry]
  /// How arrivals are spread over a phase.
  public var process: ArrivalProcess
  /// The phases in order; the next one starts when the one before is over.
  public var phases: [Phase]
  /// What bounds the run.
  public var limits: RunLimits
  /// How the end of a job is waited for.
  public var polling: PollingPolicy
  /// What the run is judged by, in the order of the file.
  public var thresholds: [Threshold]
  /// A job that ends within this time from its intended arrival counts as goodput; nil where none is declared.
  public var slo: Duration?
  /// Jobs a month that amortised cost is counted for; nil where none is declared.
  public var executionsPerMonth: Int?
  /// What is taken for granted of the platform, for the plan.
  public var assumptions: Assumptions
  /// The scenario as it is run, overrides applied and secrets redacted, as YAML.
  public var effectiveYAML: String

  /// A scenario; what is not said takes its default.
  public init(
    name: String, description: String? = nil, seed: UInt64 = 1, target: TargetSpecification = .init(place: .local),
    mix: [MixEntry], process: ArrivalProcess = .uniform, phases: [Phase], limits: RunLimits = .init(),
    polling: PollingPolicy = .longPoll(wait: .seconds(20)), thresholds: [Threshold] = [], slo: Duration? = nil,
    executionsPerMonth: Int? = nil, assumptions: Assumptions = .init(), effectiveYAML: String = ""
  ) {
    self.name = name
    self.description = description
    self.seed = seed
    self.target = target
    self.mix = mix
    self.process = process
    self.phases = phases
    self.limits = limits
    self.polling = polling
    self.thresholds = thresholds
    self.slo = slo
    self.executionsPerMonth = executionsPerMonth
    self.assumptions = assumptions
    self.effectiveYAML = effectiveYAML
  }
}

/// How arrivals are spread over time.
public enum ArrivalProcess: String, Sendable, Hashable, CaseIterable {
  /// Evenly, as the rate says.
  case uniform
  /// At random and independent of each other, as the traffic of many users is.
  case poisson
  /// When an earlier job ends: a fixed number of jobs is in flight.
  case closed
  /// As recorded in a file.
  case replay
}
