public import CapacityPlanning
import FoundationEssentials
import Pricing
import Statistics

/// What a search says, for a terminal.
public enum CapacityText {
  /// One line about a step that was just measured.
  public static func line(_ judged: JudgedStep, _ purpose: SaturationSearch.Purpose) -> String {
    let step = judged.step
    let tail = step.endToEnd.quantile(0.95)
    let verdict = judged.passed ? "holds" : "fails: \(judged.reasons.joined(separator: "; "))"
    return
      "\(purpose.rawValue) \(QuantityText.number(step.rate))/s: \(QuantityText.number(step.throughput))/s done, \(QuantityText.number(step.inFlight)) in flight, p95 \(EstimateText.explained(tail)): \(verdict)"
  }

  /// The result with the throughput-latency curve as a table.
  public static func text(_ result: CapacityResult) -> String {
    let table = TextTable(
      columns: [
        .number("rate/s"), .text("step"), .number("due/s"), .number("done/s"), .number("in flight"), .number("p50"),
        .number("p95"),
        .number("p99"), .text("verdict"),
      ],
      rows: result.steps.sorted { $0.rate < $1.rate }.map { step in
        [
          QuantityText.number(step.rate), step.purpose.rawValue, QuantityText.number(step.offered),
          QuantityText.number(step.throughput),
          QuantityText.number(step.inFlight), time(step.p50Ms), time(step.p95Ms), time(step.p99Ms),
          step.passed ? "holds" : "fails: \(step.reasons.first ?? "")",
        ]
      })
    let head = [headline(result), "  objective: \(result.objective.joined(separator: " and "))"]
    return (head + [end(result), money(result)].compactMap(\.self) + [""] + table.lines())
      .joined(separator: "\n") + "\n"
  }

  private static func end(_ result: CapacityResult) -> String? {
    switch result.endReason {
    case nil: nil
    case .interrupted: "  ended early: interrupted"
    case .maximumCost: "  ended early: the next step would have passed max_cost; raise limits.max_cost, or begin nearer"
    case .stackLost: "  ended early: the local stack is gone"
    case .invalid: "  ended early: too many steps were INVALID as measurements"
    }
  }

  private static func money(_ result: CapacityResult) -> String? {
    guard let dollars = result.dollars.flatMap({ Decimal(string: String($0)) }) else { return nil }
    let limit =
      result.maximumDollars.flatMap { Decimal(string: String($0)) }.map { " of \(MoneyText.dollars($0))" } ?? ""
    return "  cost: \(MoneyText.dollars(dollars))\(limit) for all steps, as if on AWS"
  }

  private static func time(_ milliseconds: Double?) -> String {
    milliseconds.map { QuantityText.duration(nanoseconds: $0 * 1e6) } ?? "n/a"
  }

  private static func headline(_ result: CapacityResult) -> String {
    let partial = result.isPartial ? "PARTIAL: " : ""
    guard let pass = result.lastPass else {
      let fail = result.firstFail.map { "fails at \(QuantityText.number($0))/s, the first rate; start lower" }
      return "\(partial)\(result.scenario) \(fail ?? "was not measured")"
    }
    let above =
      result.firstFail.map { "and fails at \(QuantityText.number($0))/s" } ?? "and failed at no rate that was sent"
    let done = result.throughput.map {
      ", done \(QuantityText.number($0.lower)) to \(QuantityText.number($0.upper))/s (95 %)"
    }
    let confirmed =
      result.isConfirmed
      ? "confirmed \(EstimateText.count(result.confirmations, "time"))" : "not confirmed: take it for a guess"
    return
      "\(partial)\(result.scenario) holds \(QuantityText.number(pass))/s \(above)\(done ?? ""); \(confirmed)"
  }
}
