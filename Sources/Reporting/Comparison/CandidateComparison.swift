import Jobs
import RunRecords
public import Statistics

/// One candidate against the baseline.
public struct CandidateComparison: Sendable {
  /// The candidate.
  public let side: ComparedSide
  /// End to end over every scope that both sides have, which the verdict is of; their intervals hold together.
  public let headline: [SeriesShift]
  /// The other series, which tell where a shift comes from; each interval stands for itself.
  public let details: [SeriesShift]
  /// How jobs ended.
  public let outcomes: [OutcomeShift]
  /// How many jobs waited for an environment; nil where a platform does not tell.
  public let cold: ColdShift?
  /// Rates and cost.
  public let runFigures: [RunFigureShift]
  /// What else is not the same.
  public let differences: RunDifferences
  /// What a reader has to know before believing any of it, each as a sentence.
  public let warnings: [String]

  /// The series that explain a shift of end to end.
  static let detailSeries: [Series] = [
    .service, .submit, .queueWait, .coldStart, .compile, .run, .publish, .notice,
  ]

  init(_ side: ComparedSide, against baseline: ComparedSide, _ options: ComparisonOptions) {
    self.side = side
    let scopes = Self.scopes(baseline, side)
    let specs = Self.supported(
      scopes.flatMap { scope in
        [.typical, .quantile(0.95), .quantile(0.99)].map { SeriesShift.Spec(series: .e2e, scope: scope, figure: $0) }
      }, baseline, side)
    // Bonferroni: the intervals of the headline hold together.
    let alpha = options.alpha / Double(max(1, specs.count))
    headline = specs.compactMap { SeriesShift($0, baseline, side, alpha: alpha, margin: options.margin) }
    let others = Self.supported(
      Self.detailSeries.flatMap { series in
        scopes.map { SeriesShift.Spec(series: series, scope: $0, figure: .typical) }
      }, baseline, side)
    // A part that takes no time on either side (nothing is compiled in Python) has nothing to tell.
    details = others.compactMap { SeriesShift($0, baseline, side, alpha: options.alpha, margin: options.margin) }
      .filter { $0.shift.reference != 0 || $0.shift.value != 0 }
    outcomes = OutcomeShift.all(baseline, side, options)
    cold = ColdShift(baseline, side, options)
    runFigures = RunFigureShift.all(baseline, side, options)
    differences = RunDifferences(baseline, side)
    warnings = ComparisonWarnings.all(baseline, side, options)
  }

  /// Regression where any headline row or the share of successes is one; improvement where none is and any is better; no
  /// change where it is shown for the typical job of every scope; otherwise inconclusive.
  public var verdict: ShiftVerdict {
    let all = headline.map(\.verdict) + outcomes.compactMap(\.verdict)
    if all.contains(.regression) { return .regression }
    if all.contains(.improvement) { return .improvement }
    let typical = headline.filter { $0.figure == .typical }
    return !typical.isEmpty && typical.allSatisfy { $0.verdict == .noChange } ? .noChange : .inconclusive
  }

  private static func scopes(_ baseline: ComparedSide, _ candidate: ComparedSide) -> [FigureScope] {
    let runs = baseline.runs + candidate.runs
    return FigureScope.all(of: runs[0].info, runs[0].jobs).filter { scope in
      runs.dropFirst().allSatisfy { $0.jobs.contains(where: scope.contains) }
    }
  }

  private static func supported(
    _ specs: [SeriesShift.Spec], _ baseline: ComparedSide, _ candidate: ComparedSide
  ) -> [SeriesShift.Spec] {
    specs.filter { $0.isSupported(by: baseline) && $0.isSupported(by: candidate) }
  }
}
