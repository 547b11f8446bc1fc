import Foundation
import Pricing
import RunRecords
import Statistics

/// The figures that a person wants first, as names and texts, for the forms without room for more.
struct Headline {
  let figures: RunFigures

  var rows: [(name: String, text: String)] {
    [("outcomes", outcomes)] + latencies + queueBracket
      + [("cold starts", cold), ("goodput", goodput), ("cost", cost)] + retries + log
  }

  var thresholds: String { figures.thresholds.summary }

  private var outcomes: String {
    let shown = figures.outcomes.counts.filter { $0.count > 0 }
    return shown.isEmpty
      ? "no job"
      : shown.map { "\(QuantityText.grouped($0.count)) \($0.outcome.title.lowercased())" }.joined(separator: ", ")
  }

  private var latencies: [(String, String)] {
    [Series.e2e, .service, .queueWait].compactMap { series in
      guard let figures = figures.figures(series) else { return nil }
      let percentiles = [0.5, 0.95, 0.99].map {
        "\(PercentileRule.name($0)) \(EstimateText.value(figures.quantile($0)))"
      }
      return (
        series.title.lowercased(),
        (percentiles + ["max \(EstimateText.maximum(figures.sample))"]).joined(separator: "   ")
      )
    }
  }

  private var queueBracket: [(String, String)] {
    guard let bracket = figures.queueBracket else { return [] }
    let known = [0.5, 0.95].compactMap { probability in
      bracket.quantile(probability).map { "\(PercentileRule.name(probability)) \(bracket.text($0))" }
    }
    return [("queue wait", (known + ["max \(bracket.text(bracket.maximum))"]).joined(separator: "   ") + ", by polls")]
  }

  private var retries: [(String, String)] {
    guard figures.submissionsPerJob > 1 else { return [] }
    return [
      ("submissions", "\(QuantityText.fixed(figures.submissionsPerJob, decimals: 2)) a job: retries are load too")
    ]
  }

  private var log: [(String, String)] {
    guard let deployment = figures.deployment else { return [] }
    let texts = [deployment.coverage] + (deployment.starts.map { [$0] } ?? [])
    return [("AWS", texts.joined(separator: "; "))]
  }

  private var cold: String {
    guard let waited = figures.cold.all?.waited, waited.count > 0 else { return "the platform does not tell" }
    return "\(waited.successes) of \(QuantityText.grouped(waited.count)) jobs waited "
      + "(\(QuantityText.percent(waited.proportion)), 95 %: \(EstimateText.interval(waited)))"
  }

  private var goodput: String {
    guard let rate = figures.rate else { return "no recorded phase began" }
    let slo = figures.info.sloMilliseconds.map { " within \(QuantityText.duration(nanoseconds: $0 * 1e6))" } ?? ""
    return "\(QuantityText.number(rate.goodput))/s\(slo), throughput \(QuantityText.number(rate.throughput))/s"
  }

  /// What a job costs with its share of what stands idle, where the scenario says how many share it.
  private var amortised: String {
    let cost = figures.cost
    guard let number = cost.amortised?.executionsPerMonth, let each = cost.amortised(cost.all, over: number) else {
      return ""
    }
    return "; \(MoneyText.dollars(each * Decimal(1_000))) at \(QuantityText.grouped(number)) a month"
  }

  private var cost: String {
    guard let each = figures.cost.all.perExecution else { return "the platform tells no billed time" }
    return "\(MoneyText.dollars(each * Decimal(1_000))) for 1,000 jobs at the margin, "
      + (figures.deployment == nil ? "as if on AWS" : "on AWS") + amortised
  }
}
