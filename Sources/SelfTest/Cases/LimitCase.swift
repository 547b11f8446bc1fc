package import RunRecords
import Scenarios

/// The two outcomes that the generator itself decides: a job that it may not send, and one that outlasts the run.
package enum LimitCase {
  /// One job may be in flight and never ends, so that all others are dropped; the drain ends before its deadline.
  package static func run() throws -> CaseRun {
    try CaseRun(
      .selfTest(
        "limits", .constant(rate: 20, for: .seconds(1)), entries: [.never],
        limits: RunLimits(
          maximumInFlight: 1, onLimit: .drop, jobDeadline: .seconds(60), drain: .seconds(1))),
      PlatformBehaviour())
  }

  /// Of twenty jobs one is censored and nineteen are dropped, and the platform has seen but the one.
  package static func figures(outcomes: [JobOutcome: Int], received: Int) -> [SelfTestFigure] {
    [
      SelfTestFigure(count: "censored", truth: 1, measured: outcomes[.censored] ?? 0),
      SelfTestFigure(count: "dropped", truth: 19, measured: outcomes[.dropped] ?? 0),
      SelfTestFigure(count: "outcomes in all", truth: 20, measured: outcomes.values.reduce(0, +)),
      SelfTestFigure(count: "submissions read by the platform", truth: 1, measured: received),
    ]
  }
}
