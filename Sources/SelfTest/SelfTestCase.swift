import HostSystem
import RunRecords
import Scenarios

/// A case of the self-test: what is run, and what is true of it.
public struct SelfTestCase: Sendable {
  /// Which cases may run at the same time.
  enum Company: Sendable, Equatable {
    /// Alone: its figures are of microseconds, or of what needs all processors at an instant.
    case alone
    /// With others of its kind: its figures are of seconds, or counts.
    case together
  }

  /// The name, as `--case` takes it.
  public let name: String
  /// What the case is about, in a line.
  public let title: String
  /// Where its truth comes from.
  public let truth: String
  /// Seconds that it takes, about.
  public let seconds: Double
  let company: Company
  let body: @Sendable (SelfTestCase) throws -> SelfTestResult

  /// Runs the case; what keeps it from running is a failure of it.
  func run() -> SelfTestResult {
    let start = MonotonicInstant.now
    var result: SelfTestResult
    do { result = try body(self) } catch { result = SelfTestResult(self, problem: "\(error)") }
    result.seconds = Double(MonotonicInstant.now - start) / 1e9
    return result
  }

  /// Every case in the order of the table; quick ones take a fifth of the time and prove less.
  public static func all(quick: Bool) -> [SelfTestCase] {
    [
      freeze(quick), freezeCapped(quick), outcomes, limits, pacing(quick), poisson(quick),
      bimodal(quick), logNormal(quick), comparison(quick),
    ]
  }
}

extension SelfTestCase {
  private static func freeze(_ quick: Bool) -> Self {
    let freeze = quick ? FreezeCase.short : FreezeCase()
    return Self(
      name: "freeze",
      title:
        "1 ms of service, 200 jobs/s for \(Int(freeze.length)) s, frozen for \(freeze.frozen) s",
      truth:
        "the platform's own record of each job; computed is that a job which is due in the freeze waits for its end, "
        + "to which comes the time in which those that waited are answered",
      // What was frozen is made up for as fast as generator and platform can: nothing else may do so at that instant.
      seconds: freeze.length, company: .alone
    ) { entry in
      let run = try freeze.run(maximumInFlight: 5_000)
      let truth = run.platformLatencies
      return SelfTestResult(
        entry,
        figures: FreezeCase.figures(truth: truth, quantiles: run.quantiles(.e2e), maximum: run.maximum(.e2e))
          + FreezeCase.frozenFigures(computed: freeze.latencies, truth: truth),
        machine: run.machine)
    }
  }

  private static func freezeCapped(_ quick: Bool) -> Self {
    let freeze = quick ? FreezeCase.short : FreezeCase()
    let needed = Int(freeze.rate * freeze.frozen)
    return Self(
      name: "freeze-capped",
      title:
        "the same freeze with \(needed / 10) jobs in flight at most, where \(needed) are needed",
      truth: "a run that could not keep its plan is INVALID", seconds: freeze.length,
      company: .together
    ) { entry in
      let run = try freeze.run(maximumInFlight: needed / 10)
      return SelfTestResult(
        entry, figures: FreezeCase.cappedFigures(Validity(run.reading)), machine: run.machine)
    }
  }

  private static var outcomes: Self {
    Self(
      name: "outcomes", title: "every way to fail a job, \(OutcomeCase.jobsOfEach) jobs each",
      truth: "each job asks for its own fate, and the platform counts what it reads", seconds: 9,
      company: .together
    ) { entry in
      let run = try OutcomeCase.run()
      return SelfTestResult(
        entry, figures: OutcomeCase.figures(OutcomeCase.finding(run)), machine: run.machine)
    }
  }

  private static var limits: Self {
    Self(
      name: "limits", title: "a job that may not be sent, and one that outlasts the run",
      truth: "computed: one job may be in flight, and it never ends", seconds: 2, company: .together
    ) { entry in
      let run = try LimitCase.run()
      let outcomes = Dictionary(grouping: run.reading.records, by: \.outcome).mapValues(\.count)
      return SelfTestResult(
        entry, figures: LimitCase.figures(outcomes: outcomes, received: run.log.submissions.count),
        machine: run.machine)
    }
  }

  private static func pacing(_ quick: Bool) -> Self {
    let pacing = PacingCase(length: quick ? 2 : 10)
    return Self(
      name: "pacing", title: "\(Int(pacing.rate)) jobs/s for \(pacing.length) s",
      truth: "computed: even gaps, by the platform's clock", seconds: Double(pacing.length),
      company: .alone
    ) { entry in
      let run = try pacing.run()
      return SelfTestResult(
        entry,
        figures: PacingCase.figures(
          gaps: gaps(of: run.log.submissions), nominal: 1e9 / pacing.rate),
        machine: run.machine)
    }
  }

  private static func poisson(_ quick: Bool) -> Self {
    let poisson = PoissonCase(count: 10_000)
    return Self(
      name: "poisson", title: "\(poisson.count) random gaps at \(Int(PoissonCase.rate)) jobs/s",
      truth: "the exponential distribution", seconds: quick ? 0 : 21, company: .alone
    ) { entry in
      let planned = PoissonCase.figures(
        "planned", gaps: gaps(of: poisson.dueTimes), rate: PoissonCase.rate, count: poisson.count,
        needsQuiet: false)
      if quick { return SelfTestResult(entry, figures: planned, machine: nil) }
      let run = try poisson.run()
      let seen = PoissonCase.figures(
        "at the platform", gaps: gaps(of: run.log.submissions), rate: PoissonCase.rate,
        count: poisson.count,
        needsQuiet: true)
      return SelfTestResult(entry, figures: planned + seen, machine: run.machine)
    }
  }

  private static func bimodal(_ quick: Bool) -> Self {
    distribution(
      "bimodal", "10 ms for 99 of 100 jobs, 1 s for the others",
      DistributionCase.bimodal(jobs: quick ? 2_000 : 10_000))
  }

  private static func logNormal(_ quick: Bool) -> Self {
    distribution(
      "log-normal", "log-normal service around 20 ms, sigma 0.8",
      DistributionCase.logNormal(jobs: quick ? 2_000 : 10_000))
  }

  private static func distribution(
    _ name: String, _ title: String, _ distribution: DistributionCase
  ) -> Self {
    Self(
      name: name, title: title,
      truth:
        "the platform's own record of each job, from when it was due to when its result was handed over",
      seconds: Double(distribution.jobs) / DistributionCase.rate, company: .alone
    ) { entry in
      let run = try distribution.run()
      return SelfTestResult(
        entry,
        figures: DistributionCase.figures(
          truth: run.platformLatencies, quantiles: run.quantiles(.e2e),
          jobs: run.reading.info.scheduled),
        machine: run.machine)
    }
  }

  private static func comparison(_ quick: Bool) -> Self {
    let comparison = ComparisonCase(pairs: quick ? 100 : 200)
    return Self(
      name: "comparison",
      title:
        "\(comparison.pairs) simulated pairs of \(ComparisonCase.jobs) jobs, equal and 10 % apart",
      truth: "simulated, so that it is known which pairs differ", seconds: quick ? 5 : 10,
      company: .alone
    ) { entry in
      SelfTestResult(
        entry,
        figures: ComparisonCase.figures(
          pairs: comparison.pairs, falseAlarms: comparison.alarms(slowdown: 0, seed: 1),
          found: comparison.alarms(slowdown: 0.1, seed: 2)),
        machine: nil)
    }
  }
}
