import Foundation
import Jobs
import Pricing
import RunRecords
import Statistics

extension ReportPage {
  /// The verdict in a few words, for the title.
  var headlineVerdict: String {
    let partial = figures.info.partial ? "PARTIAL, " : ""
    return "\(partial)\(figures.validity.verdict.rawValue), \(Headline(figures: figures).thresholds)"
  }

  var facts: [String] {
    let info = figures.info
    let jobs = EstimateText.count(figures.outcomes.count, "recorded job")
    return [
      CivilTime(millisecondsSince1970: info.startedAt).description,
      QuantityText.duration(nanoseconds: info.durationSeconds * 1e9), jobs, info.target, "seed \(info.seed)",
      info.id,
    ]
  }

  var verdictBanner: HTML {
    """
    <section id="verdict" class="banner" aria-label="Verdict">
    <ul class="verdicts">
    \(isRunning ? [runningTile] : [partialTile, validityTile, thresholdTile].compactMap(\.self))</ul>
    <dl class="headline">
    \(headline)</dl>
    </section>

    """
  }

  private var runningTile: HTML {
    tile(
      .none, "RUNNING",
      [
        "Figures are of the jobs that have ended so far. Whether the run is valid and its thresholds are met is judged at its end."
      ])
  }

  private var partialTile: HTML? {
    guard figures.info.partial else { return nil }
    return tile(
      .bad, "PARTIAL",
      ["The run ended early: \(figures.info.endReason ?? "nobody said why").", "Figures are of what was done."])
  }

  private var validityTile: HTML {
    let validity = figures.validity
    let noted = validity.checks.filter { $0.level == .noted }.map { "\($0.sentence)" as HTML }
    let concerns = validity.concerns.prefix(3).map { "\($0.sentence)" as HTML }
    switch validity.verdict {
    case .valid: return tile(.good, "VALID", ["The generator kept to its plan."] + noted)
    case .suspect: return tile(.fair, "SUSPECT", concerns + noted)
    case .invalid: return tile(.bad, "INVALID", concerns)
    }
  }

  private var thresholdTile: HTML {
    let all = figures.thresholds
    let missed = all.filter { $0.verdict != .passed }
    if all.isEmpty { return tile(.none, "No thresholds", ["The scenario promises nothing, so nothing was judged."]) }
    if missed.isEmpty {
      let last = all.count == 1 ? "The one condition held." : "\(all.count) of \(all.count) conditions held."
      return tile(.good, "Thresholds met", ["\(last)"])
    }
    let failed = missed.filter(\.isFailure)
    let few = (failed.isEmpty ? missed : failed).prefix(3).map {
      "<code>\(verbatim: $0.text)</code> \($0.sentence)" as HTML
    }
    let title = all.summary.prefix(1).uppercased() + all.summary.dropFirst()
    return tile(failed.isEmpty ? .fair : .bad, "\(title)", few)
  }

  enum Mood: String {
    case good
    case fair
    case bad
    case none

    /// The sign beside the word, so that colour is never the only difference.
    var sign: String {
      switch self {
      case .good: "✓"
      case .fair: "!"
      case .bad: "✕"
      case .none: "–"
      }
    }
  }

  private func tile(_ mood: Mood, _ word: String, _ sentences: [HTML]) -> HTML {
    """
    <li class="\(mood.rawValue)"><p class="word"><span class="sign" aria-hidden="true">\(mood.sign)</span>\(word)</p>
    \(sentences.map { "<p>\($0)</p>\n" as HTML })</li>

    """
  }

  private var headline: [HTML] {
    [
      quantileCard("End to end, p50", .e2e, 0.5), quantileCard("End to end, p95", .e2e, 0.95),
      quantileCard("Queue wait, p50", .queueWait, 0.5), coldCard, goodputCard, costCard,
    ]
  }

  private func quantileCard(_ name: String, _ series: Series, _ probability: Double) -> HTML {
    guard let estimate = figures.figures(series)?.quantile(probability) else {
      return card(name, "n/a", "no job has this figure")
    }
    if estimate.value == .notAvailable {
      return card(name, "n/a", "n = \(estimate.count); needs \(PercentileRule.needed(for: probability))")
    }
    return card(
      name, EstimateText.value(estimate), EstimateText.interval(estimate).map { "95 %: \($0)" } ?? "no interval")
  }

  private var coldCard: HTML {
    guard let waited = figures.cold.all?.waited, waited.count > 0 else {
      return card("Cold starts", "n/a", "the platform does not tell")
    }
    return card(
      "P(cold)", QuantityText.percent(waited.proportion),
      "\(waited.successes) of \(QuantityText.grouped(waited.count)); 95 %: \(EstimateText.interval(waited))")
  }

  private var goodputCard: HTML {
    guard let rate = figures.rate else { return card("Goodput", "n/a", "no recorded phase began") }
    let slo = figures.info.sloMilliseconds.map { "within \(QuantityText.duration(nanoseconds: $0 * 1e6))" }
    return card(
      "Goodput", "\(QuantityText.number(rate.goodput))/s",
      "\(slo.map { "\(good(rate)) \($0)" } ?? "succeeded"); throughput \(QuantityText.number(rate.throughput))/s")
  }

  /// The share of jobs behind goodput.
  private func good(_ rate: RateFigures) -> String {
    figures.outcomes.count == 0
      ? "none" : QuantityText.percent(Double(rate.good) / Double(figures.outcomes.count))
  }

  private var costCard: HTML {
    guard let each = figures.cost.all.perExecution else {
      return card("Cost of 1,000", "n/a", "the platform tells no billed time")
    }
    return card(
      "Cost of 1,000", MoneyText.dollars(each * 1_000),
      "jobs at the margin, \(figures.deployment == nil ? "as if on AWS" : "on AWS")")
  }

  private func card(_ name: String, _ value: String, _ note: String) -> HTML {
    "<div><dt>\(name)</dt><dd class=\"value\">\(value)</dd><dd class=\"note\">\(note)</dd></div>\n"
  }
}
