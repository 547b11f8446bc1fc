public import RunRecords
public import Statistics

/// How one figure of a series moved from the baseline to the candidate, over the jobs of one scope.
public struct SeriesShift: Sendable {
  /// What is compared.
  public enum Figure: Sendable, Hashable {
    /// Jobs against jobs: the median of all differences between one of each side; for several runs, their medians.
    case typical
    /// The same quantile of both sides.
    case quantile(Double)

    /// The name for people.
    public var title: String {
      switch self {
      case .typical: "typical job"
      case .quantile(let probability): PercentileRule.name(probability)
      }
    }

    /// The quantile that is shown for each side.
    var probability: Double {
      switch self {
      case .typical: 0.5
      case .quantile(let probability): probability
      }
    }
  }

  /// What a side has.
  public struct Side: Sendable {
    /// Values, unfinished ones at their age.
    public let count: Int
    /// Values among them that are ages of unfinished jobs.
    public let censored: Int
    /// The quantile over all jobs of the side.
    public let estimate: QuantileEstimate
    /// The quantile of each run, in nanoseconds, in the order of the runs.
    public let byRun: [Double]
  }

  /// Which series.
  public let series: Series
  /// Which jobs.
  public let scope: FigureScope
  /// What is compared.
  public let figure: Figure
  /// The baseline's side.
  public let baseline: Side
  /// The candidate's side.
  public let candidate: Side
  /// The shift in nanoseconds.
  public let shift: ShiftEstimate
  /// The chance of as large a difference between equal sides; nil for quantiles, and where nothing is known of chance.
  public let pValue: Double?
  /// The chance that a job of the candidate takes longer than one of the baseline (Vargha and Delaney's A).
  public let superiority: Double
  /// Independent values that the jobs of both sides are worth, where they are alike in time.
  public let independent: Int
  /// What is said of it.
  public let verdict: ShiftVerdict
  /// The smallest shift that would be found in four cases of five, in nanoseconds; nil where nothing is known of chance.
  public let detectable: Double?

  init?(_ spec: Spec, _ baseline: ComparedSide, _ candidate: ComparedSide, alpha: Double, margin: Double) {
    let pair = SamplePair(
      baseline: baseline.values(spec.series, spec.scope), candidate: candidate.values(spec.series, spec.scope))
    let sides = [baseline, candidate].map { Side($0, spec) }
    let isByRun = max(baseline.runs.count, candidate.runs.count) > 1
    let found = isByRun ? Self.byRun(sides, alpha) : Self.byJob(pair, spec.figure, alpha)
    guard let found else { return nil }
    (series, scope, figure) = (spec.series, spec.scope, spec.figure)
    (self.baseline, self.candidate) = (sides[0], sides[1])
    (shift, pValue) = found
    superiority = MannWhitney(pair).superiority
    independent = Int(
      Double(pair.baseline.count) / pair.baselineTime + Double(pair.candidate.count) / pair.candidateTime)
    verdict = Self.verdict(shift, sides, margin)
    detectable = shift.detectable(margin: margin * shift.reference, power: ComparisonOptions.power)
  }

  /// The candidate's own value in nanoseconds: the mean of its runs' quantiles.
  var candidateValue: Double { candidate.byRun.reduce(0, +) / Double(max(1, candidate.byRun.count)) }

  private static func byJob(
    _ pair: SamplePair, _ figure: Figure, _ alpha: Double
  ) -> (ShiftEstimate, Double?)? {
    switch figure {
    case .typical: HodgesLehmann.shift(pair, alpha: alpha).map { ($0, MannWhitney(pair).pValue) }
    case .quantile(let probability):
      QuantileShift.shift(pair, at: probability, alpha: alpha).map { ($0, nil) }
    }
  }

  private static func byRun(_ sides: [Side], _ alpha: Double) -> (ShiftEstimate, Double?)? {
    let (first, second) = (sides[0].byRun, sides[1].byRun)
    return RunShift.shift(baseline: first, candidate: second, alpha: alpha).map {
      ($0, RunShift.pValue(baseline: first, candidate: second))
    }
  }

  /// A figure that is only known to be larger than a job's age may say less than its number does.
  private static func verdict(_ shift: ShiftEstimate, _ sides: [Side], _ margin: Double) -> ShiftVerdict {
    let verdict = ShiftVerdict(shift, margin: margin)
    func isBound(_ side: Side) -> Bool { if case .moreThan = side.estimate.value { true } else { false } }
    if isBound(sides[0]), verdict != .improvement { return .inconclusive }
    if isBound(sides[1]), verdict != .regression { return .inconclusive }
    return verdict
  }
}

extension SeriesShift {
  /// A row that both sides have the data for.
  struct Spec {
    var series: Series
    var scope: FigureScope
    var figure: Figure

    /// Whether each run of a side supports the figure.
    func isSupported(by side: ComparedSide) -> Bool {
      side.runs.allSatisfy { run in
        let count = run.values(series, scope).count
        switch figure {
        case .typical: return count > 0
        case .quantile(let probability): return PercentileRule.supports(probability, count: count)
        }
      }
    }
  }
}

extension SeriesShift.Side {
  init(_ side: ComparedSide, _ spec: SeriesShift.Spec) {
    let sample = side.sample(spec.series, spec.scope)
    count = sample.count
    censored = sample.censoredCount
    estimate = sample.quantile(spec.figure.probability)
    byRun = side.runs.compactMap { run in
      Sample(run.values(spec.series, spec.scope)).position(spec.figure.probability).map(Double.init)
    }
  }
}
