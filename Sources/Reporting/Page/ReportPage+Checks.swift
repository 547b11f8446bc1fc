import Foundation
import RunRecords
import Statistics

extension ReportPage {
  var thresholds: PageSection {
    let all = figures.thresholds
    let passed = all.count { $0.verdict == .passed }
    let finding: HTML =
      all.isEmpty
      ? "The scenario declares none, so this run passes or fails nothing."
      : "\(passed) of \(all.count) conditions held. One that the run cannot measure counts as not met."
    let table = HTMLTable(
      caption: "Thresholds", columns: [.text("Condition"), .text("Verdict"), .text("Finding")],
      rows: all.map { ["<code>\(verbatim: $0.text)</code>", Self.badge($0.verdict), "\($0.sentence)"] },
      stacks: true)
    return PageSection(
      id: "thresholds", title: "Thresholds", short: "Thresholds", finding: finding,
      body: all.isEmpty ? [] : [table.html])
  }

  var health: PageSection {
    let checks = figures.validity.checks
    let concerns = checks.filter { $0.level >= .suspect }
    let finding: HTML =
      concerns.isEmpty
      ? "Nothing speaks against the run as a measurement: \(checks.count { $0.level == .ok }) checks are within their limits."
      : "The run is <strong>\(figures.validity.verdict.rawValue)</strong> as a measurement because of \(EstimateText.count(concerns.count, "check"))."
    let table = HTMLTable(
      caption: "Checks of the run on itself",
      columns: [.text("Check"), .text("Level"), .text("Measured"), .text("Finding")],
      rows: checks.map {
        [
          "\($0.name)", Self.badge($0.level), "\($0.measured ?? "not measured")",
          "\($0.sentence)<small>Limit: \($0.limit)</small>",
        ]
      },
      stacks: true)
    return PageSection(
      id: "health", title: "Generator health and validity", short: "Validity", finding: finding,
      body: [table.html] + healthCharts)
  }

  var reproducibility: PageSection {
    let info = figures.info
    let environment = info.environment
    let versions = environment.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let pairs: [(String, String)] =
      [
        ("Run", info.id), ("Command", info.command.map(Self.quoted).joined(separator: " ")), ("Seed", "\(info.seed)"),
        ("Target", info.target),
        (
          "Machine",
          "\(environment.host): \(environment.cpu), \(environment.cores) cores, \(QuantityText.bytes(environment.memoryBytes))"
        ),
        ("System", "\(environment.system), kernel \(environment.kernel)"),
        ("CPU governor", environment.governor ?? "not told by this system"),
        ("Revision of the scenario", environment.revision ?? "not in a git repository"),
        ("Versions", versions.isEmpty ? "not known" : versions.joined(separator: ", ")), ("Clocks", clockText),
      ] + shardPairs
    return PageSection(
      id: "reproducibility", title: "Reproducibility", short: "Reproduce",
      finding: "The same command and seed send the same jobs at the same instants.",
      body: [
        "<dl class=\"pairs\">\n\(pairs.map { "<div><dt>\($0.0)</dt><dd>\(verbatim: $0.1)</dd></div>\n" as HTML })</dl>\n",
        """
        <details><summary>The effective scenario</summary>
        <pre tabindex="0">\(verbatim: info.effectiveScenario)</pre></details>

        """,
      ])
  }

  var unsupported: PageSection? {
    let sentences = figures.unsupported
    guard !sentences.isEmpty else { return nil }
    return PageSection(
      id: "unsupported", title: "What the data do not support", short: "Not supported",
      finding: "Left out or qualified above, and why.",
      body: ["<ul class=\"plain\">\n\(sentences.map { "<li>\($0)</li>\n" as HTML })</ul>\n"])
  }

  private var shardPairs: [(String, String)] {
    let info = figures.info
    if let shard = info.shard { return [("Shard", "\(shard), a part of the load")] }
    return (info.parts ?? []).map { part in
      let start = QuantityText.duration(nanoseconds: part.start)
      return ("Shard \(part.shard)", "\(part.id) on \(part.host), begun \(start) after the first")
    }
  }

  private var clockText: String {
    guard let offset = figures.info.clockOffset else {
      return figures.info.sameMachine ? "one clock, same machine" : "offset not known, taken as none"
    }
    return "offset \(QuantityText.duration(nanoseconds: Double(offset.microseconds) * 1_000)) ± "
      + QuantityText.duration(nanoseconds: Double(offset.errorBoundMicroseconds) * 1_000)
  }

  /// An argument as a shell takes it.
  private static func quoted(_ argument: String) -> String {
    let plain = argument.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:@%+,".contains($0) }
    return plain && !argument.isEmpty ? argument : "'\(argument.replacingOccurrences(of: "'", with: "'\\''"))'"
  }

  private static func badge(_ verdict: ThresholdResult.Verdict) -> HTML {
    switch verdict {
    case .passed: badge(.good, "met")
    case .failed: badge(.bad, "not met")
    case .notMeasurable: badge(.bad, "not measurable")
    }
  }

  private static func badge(_ level: ValidityLevel) -> HTML {
    switch level {
    case .ok: badge(.good, "ok")
    case .noted: badge(.none, "noted")
    case .notMeasured: badge(.none, "not measured")
    case .suspect: badge(.fair, "suspect")
    case .invalid: badge(.bad, "invalid")
    }
  }

  private static func badge(_ mood: Mood, _ word: String) -> HTML {
    "<span class=\"badge \(mood.rawValue)\"><span aria-hidden=\"true\">\(mood.sign)</span> \(word)</span>"
  }
}
