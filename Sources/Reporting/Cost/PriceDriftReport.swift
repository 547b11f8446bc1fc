import Foundation
package import Pricing

/// How pinned prices compare with a Price List file, for people and for tools.
package struct PriceDriftReport {
  let drift: PriceDrift

  package init(_ drift: PriceDrift) { self.drift = drift }

  /// Whether a price differs.
  package var hasDrifted: Bool { drift.hasDrifted }

  /// Whether no line found its price in the file.
  package var comparedNothing: Bool {
    !drift.findings.contains { ["same", "drifted"].contains(word($0.finding)) }
  }

  /// A row for each line that could be compared, and how many could not.
  package var text: String {
    let table = TextTable(
      columns: [.text(""), .text("Name"), .number("Pinned"), .number("In the file"), .text("")],
      rows: drift.findings.map { line, finding in
        [mark(finding), line.item.rawValue, Self.tiers(line.tiers), found(finding), remark(finding)]
      })
    let others = drift.otherRegions > 0 ? ", \(drift.otherRegions) products of other regions left out" : ""
    let date = drift.file.published.isEmpty ? "" : " of \(TerminalText.plain(drift.file.published))"
    return """
      \(drift.file.offer)\(date) against \(drift.book.region) as pinned\(others)

      \(table.lines().joined(separator: "\n"))

      \(summary)
      """
  }

  private var summary: String {
    let counts = Dictionary(grouping: drift.findings.map { word($0.finding) }, by: \.self).mapValues(\.count)
    return ["same", "drifted", "absent", "ambiguous", "unknown"].compactMap { word in
      counts[word].map { "\($0) \(word)" }
    }.joined(separator: ", ")
  }

  private func word(_ finding: PriceDrift.Finding) -> String {
    switch finding {
    case .same: "same"
    case .drifted: "drifted"
    case .absent: "absent"
    case .ambiguous: "ambiguous"
    case .unknown: "unknown"
    }
  }

  private func mark(_ finding: PriceDrift.Finding) -> String {
    switch finding {
    case .same: "✓"
    case .drifted: "✗"
    case .absent, .ambiguous, .unknown: "?"
    }
  }

  private func found(_ finding: PriceDrift.Finding) -> String {
    if case .drifted(let tiers) = finding { Self.tiers(tiers) } else { "" }
  }

  private func remark(_ finding: PriceDrift.Finding) -> String {
    switch finding {
    case .same, .drifted: ""
    case .absent: "no product of the file is this line"
    case .ambiguous(let count): "\(count) products with different prices could be it"
    case .unknown: "the price book does not say which product it is"
    }
  }

  private static func tiers(_ tiers: [PriceLine.Tier]) -> String {
    tiers.map { tier in "\(tier.price)" + (tier.upTo.map { " up to \(CostNumber.quantity($0))" } ?? "") }
      .joined(separator: ", ")
  }

  /// The same for tools.
  package var json: String {
    JSONText.sorted(
      Document(
        drifted: drift.hasDrifted,
        lines: drift.findings.map { line, finding in
          var found: [Decimal]?
          if case .drifted(let tiers) = finding { found = tiers.map(\.price) }
          return Document.Line(
            finding: word(finding), found: found, item: line.item.rawValue, pinned: line.tiers.map(\.price))
        }, offer: drift.file.offer, published: drift.file.published, region: drift.book.region))
  }

  private struct Document: Encodable {
    struct Line: Encodable {
      var finding: String
      /// Prices of the file's tiers; absent where they are the same or there are none.
      var found: [Decimal]?
      var item: String
      /// Prices of the pinned tiers.
      var pinned: [Decimal]
    }
    var drifted: Bool
    var lines: [Line]
    var offer: String
    var published: String
    var region: String
  }
}
