import Foundation
import Jobs
import RunRecords
import Statistics

extension RunSummary {
  init(_ figures: RunFigures) {
    let info = figures.info
    run = Run(
      id: info.id, scenario: info.scenario, startedAt: info.startedAt,
      durationSeconds: Self.rounded(info.durationSeconds), target: info.target, seed: info.seed,
      sameMachine: info.sameMachine, partial: info.partial, endReason: info.endReason, jobs: figures.outcomes.count,
      pollsPerJob: Self.rounded(figures.pollsPerJob),
      submissionsPerJob: figures.submissionsPerJob > 1 ? Self.rounded(figures.submissionsPerJob) : nil)
    verdict = Verdict(
      result: figures.verdict, exitCode: figures.verdict.exitCode, validity: figures.validity.verdict,
      thresholdsPassed: figures.thresholds.count { $0.verdict == .passed }, thresholdsAll: figures.thresholds.count)
    outcomes = Dictionary(uniqueKeysWithValues: figures.outcomes.counts.map { ($0.outcome.rawValue, $0.count) })
    rates = figures.rates.map(Self.rate)
    series = figures.series.map(Self.series)
    queueBracket = figures.queueBracket.map(Self.queueBracket)
    coldStarts = figures.cold.splits.filter { $0.waited.count > 0 }.map(Self.coldStart)
    decomposition = figures.decompositions.map(Self.decomposition)
    cost = Cost(figures.cost, figures.frontier)
    thresholds = figures.thresholds.map {
      Threshold(
        text: $0.text, verdict: $0.verdict, severity: $0.isWarning ? "warn" : "fail", measured: $0.measured,
        sentence: $0.sentence)
    }
    checks = figures.validity.checks
    samples = figures.health.steps.map(Self.sample)
    unsupported = figures.unsupported
    environment = info.environment
    generator = info.generator
    (deployment, platformLog) = (info.deployment, info.platformLog)
  }

  private static func rate(_ rate: RateFigures) -> Rate {
    Rate(
      scope: rate.scope.key, seconds: rounded(rate.seconds),
      offeredPerSecond: rate.isClosed ? nil : rounded(rate.offered),
      throughputPerSecond: rounded(rate.throughput), goodputPerSecond: rounded(rate.goodput))
  }

  private static func series(_ figures: SeriesFigures) -> Series {
    let percentiles = figures.quantiles.compactMap { estimate in
      percentile(estimate).map { (PercentileRule.name(estimate.probability), $0) }
    }
    return Series(
      scope: figures.scope.key, series: figures.series.rawValue, count: figures.sample.count,
      censored: figures.sample.censoredCount, minMs: milliseconds(figures.sample.minimum),
      meanMs: figures.sample.mean.map { rounded($0 / 1e6) }, maxMs: milliseconds(figures.sample.maximum),
      percentiles: Dictionary(uniqueKeysWithValues: percentiles))
  }

  private static func queueBracket(_ bracket: Reporting.QueueBracket) -> QueueBracket {
    func milliseconds(_ range: ClosedRange<Int64>) -> [Double] {
      [range.lowerBound, range.upperBound].map { rounded(Double($0) / 1e6) }
    }
    return QueueBracket(
      jobs: bracket.count, p50Ms: bracket.quantile(0.5).map(milliseconds),
      p95Ms: bracket.quantile(0.95).map(milliseconds), maxMs: milliseconds(bracket.maximum))
  }

  private static func percentile(_ estimate: QuantileEstimate) -> Percentile? {
    let (lower, upper) = (milliseconds(estimate.lower), milliseconds(estimate.upper))
    switch estimate.value {
    case .exactly(let value): return Percentile(ms: milliseconds(value), lowerMs: lower, upperMs: upper)
    case .moreThan(let value): return Percentile(moreThanMs: milliseconds(value), lowerMs: lower, upperMs: upper)
    case .notAvailable: return nil
    }
  }

  private static func sample(_ step: HealthFigures.Step) -> Sample {
    Sample(
      second: step.second, seconds: step.seconds, planned: step.planned, sent: step.sent, late: step.late,
      latenessMaxMs: rounded(Double(step.latenessMaximum) / 1e6), inFlight: step.inFlight,
      loopCPUShare: step.loopCPU.map { rounded($0, 6) }, runQueueDelayShare: step.loopWaiting.map { rounded($0, 6) },
      hostIdle: step.hostIdle.map { rounded($0, 6) }, steal: step.steal.map { rounded($0, 6) },
      tickerLatenessMaxMs: milliseconds(step.tickerLateness), stalledSeconds: step.stalled)
  }

  private static func coldStart(_ split: ColdFigures.Split) -> ColdStart {
    ColdStart(
      scope: split.scope.key, jobs: split.waited.count, waited: split.waited.successes,
      probability: rounded(split.waited.proportion, 6), lower: rounded(split.waited.lower, 6),
      upper: rounded(split.waited.upper, 6))
  }

  private static func decomposition(_ figures: DecompositionFigures) -> Decomposition {
    Decomposition(
      language: figures.language.rawValue, place: figures.place.title, jobs: figures.count,
      e2eMs: rounded(figures.e2e / 1e6),
      partsMs: Dictionary(uniqueKeysWithValues: figures.parts.map { ($0.part.rawValue, rounded($0.nanoseconds / 1e6)) })
    )
  }

  private static func milliseconds(_ nanoseconds: Int64?) -> Double? {
    nanoseconds.map { rounded(Double($0) / 1e6) }
  }

  static func rounded(_ value: Double, _ decimals: Int = 3) -> Double {
    let scale = pow(10, Double(decimals))
    return (value * scale).rounded() / scale
  }

  /// Dollars to twelve decimals, a millionth of a micro-dollar.
  static func rounded(_ amount: Decimal) -> Decimal {
    var (value, result) = (amount, Decimal())
    NSDecimalRound(&result, &value, 12, .plain)
    return result
  }
}
