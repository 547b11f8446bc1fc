public import RunRecords
public import Statistics

/// How the share of jobs with one outcome moved, jobs of all runs of a side together.
public struct OutcomeShift: Sendable {
  /// The outcome.
  public let outcome: JobOutcome
  /// The difference, candidate - baseline, with Newcombe's interval.
  public let shift: ProportionShift
  /// What is said of it: a judgement for `succeeded`, nil for the others, which are what is left.
  public let verdict: ShiftVerdict?

  static func all(
    _ baseline: ComparedSide, _ candidate: ComparedSide, _ options: ComparisonOptions
  ) -> [OutcomeShift] {
    let (first, second) = (OutcomeFigures(baseline), OutcomeFigures(candidate))
    return JobOutcome.allCases.filter { first[$0] + second[$0] > 0 || $0 == .succeeded }.map { outcome in
      let shift = ProportionShift(
        baseline: first[outcome], of: first.count, candidate: second[outcome], of: second.count,
        alpha: options.alpha)
      return OutcomeShift(
        outcome: outcome, shift: shift,
        verdict: outcome == .succeeded ? verdict(shift, margin: options.outcomeMargin) : nil)
    }
  }

  /// More successes are better; the margin is in shares.
  private static func verdict(_ shift: ProportionShift, margin: Double) -> ShiftVerdict {
    if shift.excludesZero, abs(shift.value) > margin { return shift.value < 0 ? .regression : .improvement }
    return shift.lower > -margin && shift.upper < margin ? .noChange : .inconclusive
  }
}

extension OutcomeFigures {
  init(_ side: ComparedSide) { self.init(side.runs.lazy.flatMap(\.jobs)) }
}

/// How the share of jobs that waited for an environment moved.
public struct ColdShift: Sendable {
  /// The difference, candidate - baseline, with Newcombe's interval.
  public let shift: ProportionShift

  /// Nil where either platform tells of no job whether it waited.
  init?(_ baseline: ComparedSide, _ candidate: ComparedSide, _ options: ComparisonOptions) {
    func counts(_ side: ComparedSide) -> (waited: Int, known: Int) {
      let known = side.runs.flatMap { $0.jobs.compactMap(\.waitedForEnvironment) }
      return (known.count { $0 }, known.count)
    }
    let (first, second) = (counts(baseline), counts(candidate))
    guard first.known > 0, second.known > 0 else { return nil }
    shift = ProportionShift(
      baseline: first.waited, of: first.known, candidate: second.waited, of: second.known, alpha: options.alpha)
  }
}
