import Jobs
public import Scenarios

/// What a plan comes to before anything is sent.
///
/// What nobody knows is nil and never invented.
public struct PlanForecast: Sendable {
  /// What one phase comes to.
  public struct PhaseForecast: Sendable {
    /// The phase.
    public let planned: PlannedPhase
    /// Seconds from the run's start; nil after a phase whose length is unknown.
    public let start: Double?
    /// Seconds that jobs arrive.
    public let seconds: Double?
    /// Jobs.
    public let jobs: Int?
    /// Jobs in flight on average: arrival rate times stay (Little 1961).
    public let meanInFlight: Double?
    /// Jobs in flight at the phase's busiest.
    public let peakInFlight: Double?
    /// Status reads.
    public let reads: Double?
    /// Jobs of each entry, by position in the mix.
    let entries: [Int]?
  }

  /// The plan.
  public let plan: Plan
  /// The phases in order.
  public let phases: [PhaseForecast]
  /// US dollars at list price; nil where no price of a job is known.
  public let dollars: Double?
  /// What the forecast rests on; nil on nothing.
  public let source: String?

  /// A forecast from what is known of the platform.
  public init(_ plan: Plan, _ model: PlanModel?) {
    self.plan = plan
    source = model?.source
    let jobs = plan.scenario.mix.map { model?.job($0) ?? PlanModel.Job() }
    var start: Double? = 0
    var phases: [PhaseForecast] = []
    for planned in plan.phases {
      let phase = PhaseForecast(planned, plan.scenario, jobs, start: start)
      phases.append(phase)
      start = start.flatMap { start in phase.seconds.map { start + $0 } }
    }
    self.phases = phases
    dollars = Self.dollars(phases, jobs)
  }

  private static func dollars(_ phases: [PhaseForecast], _ jobs: [PlanModel.Job]) -> Double? {
    var sum = 0.0
    for phase in phases {
      guard let entries = phase.entries else { return nil }
      for (job, count) in zip(jobs, entries) where count > 0 {
        guard let dollars = job.dollars else { return nil }
        sum += dollars * Double(count)
      }
    }
    return sum
  }

  /// The predicted cost is above `limits.max_cost`; false where either is unknown.
  public var isOverBudget: Bool {
    guard let dollars, let limit = plan.scenario.limits.maximumCostMicrodollars else { return false }
    return dollars * 1e6 > Double(limit)
  }

  /// Jobs in all; nil where a phase's number is unknown.
  public var jobs: Int? { total(\.jobs) }
  /// Seconds in all, without the drain.
  public var seconds: Double? { total(\.seconds) }
  /// Status reads in all.
  public var reads: Double? { total(\.reads) }

  /// Jobs of each entry over all phases.
  public var entries: [Int]? {
    phases.reduce([Int](repeating: 0, count: plan.scenario.mix.count)) { sum, phase -> [Int]? in
      guard let sum, let entries = phase.entries else { return nil }
      return zip(sum, entries).map(+)
    }
  }

  private func total<Value: AdditiveArithmetic>(_ part: (PhaseForecast) -> Value?) -> Value? {
    phases.reduce(Value.zero) { sum, phase -> Value? in
      guard let sum, let value = part(phase) else { return nil }
      return sum + value
    }
  }
}

extension PlanForecast.PhaseForecast {
  init(_ planned: PlannedPhase, _ scenario: Scenario, _ jobs: [PlanModel.Job], start: Double?) {
    let load = planned.phase.load
    let stay = Self.stay(planned, jobs)
    var (count, length) = (planned.scheduled, load.duration?.inSeconds)
    if case .closed(let concurrency, _, let think) = load, let stay {
      // A user's cycle is a job and a thought, so that n users end n / (stay + thought) jobs a second.
      let rate = Double(concurrency) / max(stay + (think?.mean.inSeconds ?? 0), 1e-9)
      count = count ?? length.map { Int(($0 * rate).rounded()) }
      length = length ?? count.map { Double($0) / rate }
    }
    self.planned = planned
    self.start = start
    seconds = length
    self.jobs = count
    entries = count.map { planned.entries.counts(of: $0, kinds: scenario.mix.count) }
    (meanInFlight, peakInFlight) = Self.inFlight(load, stay: stay, jobs: count, seconds: length)
    reads = Self.reads(scenario.polling, entries, jobs)
  }

  /// The mean stay of the phase's jobs in seconds.
  private static func stay(_ planned: PlannedPhase, _ jobs: [PlanModel.Job]) -> Double? {
    let shares = planned.entries.counts(of: planned.scheduled ?? 10_000, kinds: jobs.count)
    var sum = 0.0
    for (job, count) in zip(jobs, shares) where count > 0 {
      guard let seconds = job.seconds else { return nil }
      sum += seconds * Double(count)
    }
    let count = shares.reduce(0, +)
    return count > 0 ? sum / Double(count) : 0
  }

  private static func inFlight(
    _ load: PhaseLoad, stay: Double?, jobs: Int?, seconds: Double?
  ) -> (mean: Double?, peak: Double?) {
    if case .closed(let concurrency, _, let think) = load {
      guard let think else { return (Double(concurrency), Double(concurrency)) }
      let cycle = stay.map { $0 + think.mean.inSeconds }
      return (both(stay, cycle).map { Double(concurrency) * $0 / max($1, 1e-9) }, Double(concurrency))
    }
    guard let stay, let jobs, let seconds, seconds > 0 else { return (nil, nil) }
    let mean = Double(jobs) / seconds * stay
    if case .burst(let count, let every, let times, _) = load {
      let overlapping = times == 1 ? 1 : min(Double(times), (stay / max(every.inSeconds, 1e-9)).rounded(.up))
      return (mean, Double(count) * max(overlapping, 1))
    }
    return (mean, load.peakRate.map { min($0 * stay, Double(jobs)) })
  }

  private static func both(_ a: Double?, _ b: Double?) -> (Double, Double)? {
    guard let a, let b else { return nil }
    return (a, b)
  }

  private static func reads(_ polling: PollingPolicy, _ entries: [Int]?, _ jobs: [PlanModel.Job]) -> Double? {
    guard let entries else { return nil }
    var sum = 0.0
    for (job, count) in zip(jobs, entries) where count > 0 {
      guard let seconds = job.seconds else { return nil }
      sum += Double(count) * Double(polling.reads(ofJobOf: seconds))
    }
    return sum
  }
}
