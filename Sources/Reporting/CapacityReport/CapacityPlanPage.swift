import CapacityPlanning
import Foundation
import Pricing
import RunRecords
import Scenarios
import Statistics

/// A plan as one page of the same kind as a report's.
struct CapacityPlanPage {
  let plan: CapacityPlan

  var model: CapacityModel { plan.model }

  var frame: PageFrame {
    PageFrame(
      title: "\(scenario): capacity", kicker: "rce-bench capacity plan", heading: "\(scenario)",
      lede: "\(plan.verdict[0])", facts: facts, banner: banner, sections: sections,
      foot: "Made by rce-bench from the <code>run.sqlite</code> of each run. Intervals hold with 95 % confidence.")
  }

  private var scenario: String { model.readings[0].info.scenario }

  private var facts: [HTML] {
    [
      "\(EstimateText.count(model.readings.count, "run"))",
      "\(EstimateText.count(model.levels.count, "level")) of load",
      "objective \(model.objective.conditions.map(\.text).joined(separator: " and "))",
      "\(QuantityText.number(plan.demand.perMonth)) jobs a month, peak \(QuantityText.number(plan.demand.peak)) times the mean",
    ]
  }

  private var banner: HTML {
    """
    <section id="verdict" class="banner" aria-label="Verdict">
    <ul class="verdicts">
    <li class="\(mood)"><p class="word"><span class="sign" aria-hidden="true">\(sign)</span>\(word)</p>
    \(plan.verdict.map { "<p>\($0)</p>\n" as HTML })</li>
    </ul>
    <dl class="headline">
    \(cards)</dl>
    </section>

    """
  }

  private var isEnough: Bool? { plan.headroom.map { $0 >= 1 } }
  private var mood: String { isEnough.map { $0 ? "good" : "bad" } ?? "bad" }
  private var sign: String { isEnough == true ? "✓" : "✕" }
  private var word: String {
    isEnough.map { $0 ? "Carries the forecast" : "Does not carry the forecast" } ?? "No level held"
  }

  private var cards: [HTML] {
    let estimate = model.estimate
    let bracket = estimate.map { estimate in
      estimate.firstFail.map {
        "held \(QuantityText.number(estimate.lastPass)), failed \(QuantityText.number($0))"
      } ?? "no level failed"
    }
    let money = plan.money
    return [
      card(
        "Sustainable rate", estimate.map { "\(QuantityText.number($0.rate))/s" } ?? "n/a", bracket ?? "no level held"),
      card(
        "Headroom over the peak", plan.headroom.map { "\(QuantityText.number($0))×" } ?? "n/a",
        "forecast peak \(QuantityText.number(plan.demand.peakRate))/s"),
      card(
        "Bottleneck", plan.bottleneck.map { "\(QuantityText.number($0.rate))/s" } ?? "n/a",
        plan.bottleneck?.name ?? "nothing that was measured tells"),
      card(
        "Cost of 1,000 jobs", money.map { MoneyText.dollars($0.amortised(plan.volume) * 1_000) } ?? "n/a",
        money.map { "\(MoneyText.dollars($0.marginal * 1_000)) at the margin" } ?? "the platform tells no billed time"),
      card(
        "Environments at the peak", plan.cases.first?.environments.map(QuantityText.grouped) ?? "n/a",
        "for the wait that the objective leaves"),
      card(
        "Dollars a month", plan.months.first.map { MoneyText.dollars(Decimal($0.dollars)) } ?? "n/a",
        "on AWS, list price, today's demand"),
    ]
  }

  private func card(_ name: String, _ value: String, _ note: String) -> HTML {
    "<div><dt>\(name)</dt><dd class=\"value\">\(value)</dd><dd class=\"note\">\(note)</dd></div>\n"
  }

  private var sections: [PageSection] {
    let report = plan.reference.map { ReportPage(figures: $0) }
    return [assumptions, curve, scalability, ceilings, report?.decomposition, drains, report?.coldStarts, cost, demand]
      .compactMap(\.self) + [sensitivity, failures, reproducing, limits].compactMap(\.self)
  }

  private var assumptions: PageSection {
    let service = model.service
    let rows: [(String, HTML)] = [
      (
        "Demand",
        "\(QuantityText.number(plan.demand.perMonth)) jobs a month of 730 hours: \(QuantityText.number(plan.demand.meanRate))/s on average"
      ),
      (
        "Peak",
        "\(QuantityText.number(plan.demand.peak)) times the mean: \(QuantityText.number(plan.demand.peakRate))/s"
      ),
      ("Objective", "\(model.objective.conditions.map(\.text).joined(separator: " and "))"),
      (
        "Service time",
        "\(service.map { "\(QuantityText.duration(nanoseconds: $0.seconds * 1e9)), squared coefficient of variation \(QuantityText.number($0.variability)), \(EstimateText.count($0.jobs, "job"))" } ?? "not told")"
      ),
      (
        "Billed and memory",
        "\(service.flatMap { s in s.billedMilliseconds.flatMap { b in s.memoryMB.map { "\(QuantityText.number(b)) ms at \(QuantityText.number($0)) MB" } } } ?? "not told")"
      ),
      (
        "Allowed wait",
        "\(QuantityText.duration(nanoseconds: plan.wait.seconds * 1e9)) at \(PercentileRule.name(plan.wait.probability)), what the objective leaves above the lightest level"
      ),
      (
        "Prices and quotas",
        "\(PriceBook.usEast1.region), as pinned (<code>rce-bench prices</code>); quotas as an account has them by default"
      ),
      (
        "Machine",
        "\(model.readings[0].info.environment.cpu), \(EstimateText.count(model.readings[0].info.environment.cores, "core"))"
      ),
    ]
    let table = HTMLTable(
      caption: "Assumptions", columns: [.text("What"), .text("Value")], rows: rows.map { ["\($0.0)", $0.1] })
    return PageSection(
      id: "assumptions", title: "Assumptions", short: "Assumptions",
      finding: "What every figure below takes for granted.", body: [table.html])
  }

  private var reproducing: PageSection {
    let items = model.readings.map {
      "<li><code>\(verbatim: $0.info.id)</code>, seed \("\($0.info.seed)"), <code>\(verbatim: $0.info.command.joined(separator: " "))</code></li>\n"
        as HTML
    }
    return PageSection(
      id: "reproducing", title: "The runs", short: "Runs",
      finding: "Each run can be repeated with <code>rce-bench rerun</code> and its id.",
      body: ["<ul class=\"plain\">\n\(items)</ul>\n"])
  }

  private var limits: PageSection {
    let sentences = plan.unsupported
    return PageSection(
      id: "unsupported", title: "What the data do not support", short: "Not supported",
      finding: sentences.isEmpty ? "Nothing was left out." : "What a reader might look for, and why it is not here.",
      body: sentences.isEmpty ? [] : ["<ul class=\"plain\">\n\(sentences.map { "<li>\($0)</li>\n" as HTML })</ul>\n"])
  }

  private var failures: PageSection {
    let failed = model.levels.filter { !$0.passed }
    let table = HTMLTable(
      caption: "Levels that did not hold",
      columns: [.text("Level"), .text("Jobs"), .text("Why")],
      rows: failed.map { level in
        let step = level.step
        return [
          "\(QuantityText.number(step.rate))/s",
          """
          \(QuantityText.grouped(step.offered)) due, \(QuantityText.grouped(step.finished)) finished, \
          \(QuantityText.grouped(step.succeeded)) succeeded, \(QuantityText.grouped(step.rejected)) refused
          """, "\(level.reasons.joined(separator: "; "))",
        ]
      }, stacks: true)
    let refused = model.levels.reduce(0) { $0 + $1.step.rejected }
    return PageSection(
      id: "errors", title: "Errors and throttles", short: "Errors",
      finding: failed.isEmpty
        ? "Every level held."
        : "\(EstimateText.count(failed.count, "level")) did not hold; \(EstimateText.count(refused, "job")) refused in all.",
      body: failed.isEmpty ? [] : [table.html])
  }
}
