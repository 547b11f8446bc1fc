import Foundation
import Pricing
public import RunRecords
import Statistics

/// A figure that is followed from run to run.
public enum HistoryFigure: String, Codable, Sendable, Hashable, CaseIterable {
  /// Median of e2e, in milliseconds.
  case e2eMedian = "e2e_p50_ms"
  /// 95th percentile of e2e, in milliseconds.
  case e2eTail = "e2e_p95_ms"
  /// Median of queue wait, in milliseconds.
  case queueWait = "queue_wait_p50_ms"
  /// Jobs a second that succeeded within the objective.
  case goodput = "goodput_per_second"
  /// Share of jobs that waited for an environment.
  case cold = "cold_share"
  /// US dollars for 1,000 executions.
  case cost = "cost_per_1000"

  /// The name for people.
  public var title: String {
    switch self {
    case .e2eMedian: "e2e p50"
    case .e2eTail: "e2e p95"
    case .queueWait: "queue p50"
    case .goodput: "goodput"
    case .cold: "cold"
    case .cost: "cost of 1,000"
    }
  }

  /// A value as people read it.
  func text(_ value: Double) -> String {
    switch self {
    case .e2eMedian, .e2eTail, .queueWait: QuantityText.duration(nanoseconds: value * 1e6)
    case .goodput: "\(QuantityText.number(value))/s"
    case .cold: QuantityText.percent(value)
    case .cost: MoneyText.dollars(Decimal(value))
    }
  }
}

/// One run of a history with the figures that its page would show first.
public struct HistoryEntry: Sendable {
  /// The run as a whole.
  public let info: RunInfo
  /// Whether it is a measurement.
  public let validity: ValidityVerdict
  /// What happened, in one word.
  public let verdict: RunVerdict
  /// Recorded jobs.
  public let jobs: Int
  /// The figures that the run supports.
  public let values: [HistoryFigure: Double]

  /// The entry of a run.
  public init(_ reading: RunReading) {
    let figures = RunFigures(reading)
    info = figures.info
    validity = figures.validity.verdict
    verdict = figures.verdict
    jobs = figures.outcomes.count
    var values: [HistoryFigure: Double] = [:]
    func quantile(_ series: Series, _ probability: Double) -> Double? {
      figures.figures(series)?.quantile(probability).exact.map { Double($0) / 1e6 }
    }
    values[.e2eMedian] = quantile(.e2e, 0.5)
    values[.e2eTail] = quantile(.e2e, 0.95)
    values[.queueWait] = quantile(.queueWait, 0.5)
    values[.goodput] = figures.rate?.goodput
    values[.cold] = figures.cold.all.flatMap { $0.waited.count > 0 ? $0.waited.proportion : nil }
    values[.cost] = figures.cost.all.perExecution.map { NSDecimalNumber(decimal: $0 * 1_000).doubleValue }
    self.values = values
  }

  /// Whether the run says something about the platform: it ran to its end and is a measurement.
  public var counts: Bool { validity != .invalid && !info.partial }
}
