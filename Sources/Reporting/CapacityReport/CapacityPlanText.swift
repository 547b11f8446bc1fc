import CapacityPlanning
import Foundation
import Pricing
import Scenarios
import Statistics

extension CapacityPlan {
  /// The verdict in sentences, for every form.
  var verdict: [String] {
    guard let estimate = model.estimate else { return ["No level of load held the objective."] }
    let least = estimate.method == .atLeast ? "at least " : ""
    let bracket = estimate.firstFail.map {
      "between \(QuantityText.number(estimate.lastPass))/s, which held, and \(QuantityText.number($0))/s, which did not"
    }
    var sentences = [
      "The platform holds \(least)\(QuantityText.number(estimate.rate)) jobs a second"
        + (bracket.map { ", \($0)." } ?? "; no level failed.")
    ]
    if let headroom {
      sentences.append(
        headroom >= 1
          ? "That is \(QuantityText.number(headroom)) times the peak of \(QuantityText.number(demand.peakRate))/s that is forecast."
          : "The forecast peak of \(QuantityText.number(demand.peakRate))/s is more than it holds: \(QuantityText.percent(headroom)) of what is needed."
      )
    }
    if let bottleneck {
      sentences.append(
        "What bounds it first: \(bottleneck.name.lowercased()), \(QuantityText.number(bottleneck.rate)) jobs a second.")
    }
    if let money {
      sentences.append(
        "A job costs \(MoneyText.dollars(money.amortised(volume))) on AWS at \(QuantityText.number(volume)) a month, \(MoneyText.dollars(money.marginal)) of it at the margin."
      )
    }
    return sentences
  }

  /// The plan for a terminal.
  public var text: String {
    let levels = TextTable(
      columns: [
        .number("rate/s"), .number("done/s"), .number("in flight"), .number("p50"), .number("p95"), .text("verdict"),
      ],
      rows: model.levels.map { level in
        let step = level.step
        return [
          QuantityText.number(step.rate), QuantityText.number(step.throughput), QuantityText.number(step.inFlight),
          EstimateText.value(step.endToEnd.quantile(0.5)), EstimateText.value(step.endToEnd.quantile(0.95)),
          level.passed ? "holds" : "fails: \(TerminalText.plain(level.reasons.first ?? ""))",
        ]
      })
    let demands = TextTable(
      columns: [
        .text("demand"), .number("jobs"), .number("peak/s"), .number("environments"), .text("held"), .number("$/month"),
        .text("quota increase"),
      ], rows: cases.map(row))
    let objective = model.objective.conditions.map(\.text).joined(separator: " and ")
    let body =
      verdict + ["objective: \(objective)", ""] + levels.lines() + [""] + demands.lines() + [""]
      + unsupported.map { "- \($0)" }
    return body.joined(separator: "\n") + "\n"
  }

  private func row(_ demand: DemandCase) -> [String] {
    let month = money?.month(demand.name, demand.perMonth)
    let increases = increases(demand)
    return [
      demand.name, QuantityText.number(demand.perMonth.rounded()), QuantityText.number(demand.peakRate),
      demand.environments.map(QuantityText.grouped) ?? "n/a", demand.isHeld.map { $0 ? "yes" : "no" } ?? "n/a",
      month.map { MoneyText.dollars(Decimal($0.dollars)) } ?? "n/a",
      increases.isEmpty ? "none" : increases.joined(separator: ", "),
    ]
  }
}
