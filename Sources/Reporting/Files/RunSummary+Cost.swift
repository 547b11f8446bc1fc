import Foundation
import Jobs
import Pricing

extension RunSummary.Cost {
  init(_ figures: CostFigures, _ frontier: CostFrontier) {
    let all = figures.all
    let (declared, observed) = (figures.amortised?.executionsPerMonth, figures.observedPerMonth)
    (architecture, region, profile) = (all.architecture.rawValue, figures.book.region, figures.profile.name)
    (executions, unpriced) = (all.executions, all.unpriced)
    (executionsPerMonth, observedPerMonth) = (declared, observed)
    (total, failures, refused, repeats) = (
      Self.money(all.total), Self.money(all.failures), Self.money(all.refused), Self.money(all.repeats)
    )
    (perExecution, perSuccess) = (all.perExecution.map(Self.money), all.perSuccess.map(Self.money))
    (lower, upper) = (all.lower.map(Self.money), all.upper.map(Self.money))
    amortisedPerExecution = figures.amortised(all, over: declared).map(Self.money)
    amortisedAtObservedRate = figures.amortised(all, over: observed).map(Self.money)
    fixedPerMonth = Self.money(figures.fixed.monthly)
    run = Self.money(figures.run)
    parts = all.partsPerExecution.map { parts in
      Dictionary(uniqueKeysWithValues: parts.map { ($0.part.rawValue, Self.money($0.dollars)) })
    }
    languages = figures.languages.map { RunSummary.LanguageCost($0.language, $0.cost, figures) }
    self.frontier = frontier.points.map {
      RunSummary.FrontierPoint(
        scope: $0.key, p95Ms: RunSummary.rounded($0.p95 / 1e6),
        per1000Correct: RunSummary.rounded($0.dollars, 9), efficient: $0.isEfficient)
    }
  }

  fileprivate static func money(_ amount: Decimal) -> Decimal { RunSummary.rounded(amount) }
}

extension RunSummary.LanguageCost {
  init(_ language: Language, _ cost: RunCost, _ figures: CostFigures) {
    func money(_ amount: Decimal) -> Decimal { RunSummary.rounded(amount) }
    self.language = language.rawValue
    (executions, unpriced) = (cost.executions, cost.unpriced)
    (total, failures, refused, repeats) = (
      money(cost.total), money(cost.failures), money(cost.refused), money(cost.repeats)
    )
    (perExecution, perSuccess) = (cost.perExecution.map(money), cost.perSuccess.map(money))
    (lower, upper) = (cost.lower.map(money), cost.upper.map(money))
    amortisedPerExecution = figures.amortised(cost, over: figures.amortised?.executionsPerMonth).map(money)
    amortisedAtObservedRate = figures.amortised(cost, over: figures.observedPerMonth).map(money)
  }
}

extension RunCost {
  /// The ends of the interval of `perExecution`.
  var lower: Decimal? { interval.flatMap { Decimal(string: String($0.lowerBound)) } }
  var upper: Decimal? { interval.flatMap { Decimal(string: String($0.upperBound)) } }
}
