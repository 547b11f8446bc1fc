import Foundation
package import Pricing

/// Prices with date and source, for pages, terminals and tools.
package struct PriceTable {
  let book: PriceBook
  let lines: [PriceLine]

  /// The lines whose name, title or service holds a text, whatever its case; throws where there is none.
  package init(_ book: PriceBook, filter: String?) throws(PricingError) {
    self.book = book
    guard let filter else {
      lines = book.lines
      return
    }
    let wanted = filter.lowercased()
    lines = book.lines.filter { line in
      [line.item.rawValue, line.title, line.service].contains { $0.lowercased().contains(wanted) }
    }
    if lines.isEmpty { _ = try book.line(named: filter) }
  }

  /// The prices for a terminal.
  package var text: String {
    let table = TextTable(
      columns: [
        .text("Name"), .text("Item"), .number("US dollars"), .text("For"), .text("Free a month"), .text("Read on"),
      ],
      rows: lines.flatMap(Self.rows))
    return "\(book.region), \(book.currency), on demand, latest reading of \(book.retrieved)\n\n"
      + table.lines().joined(separator: "\n")
  }

  /// The quotas for a terminal.
  package var quotaText: String {
    let table = TextTable(
      columns: [.text("Name"), .text("What"), .number("Limit"), .text("Of"), .text("")],
      rows: book.quotas.map { [$0.id, $0.title, CostNumber.quantity($0.value), $0.unit, $0.note ?? ""] })
    return "\(book.region), as an account has them unless it asked for more\n\n"
      + table.lines().joined(separator: "\n")
  }

  /// A row for each tier; the first names the line.
  private static func rows(_ line: PriceLine) -> [[String]] {
    let per =
      "\(line.per == 1 ? "" : CostNumber.quantity(Decimal(line.per)) + " ")\(line.unit)\(line.per == 1 ? "" : "s")"
    return line.tiers.enumerated().map { index, tier in
      let price = "\(tier.price * Decimal(line.per))"
      let upTo = tier.upTo.map { "up to \(CostNumber.quantity($0))" } ?? "beyond"
      let unit = line.tiers.count == 1 ? per : "\(per), \(upTo)"
      guard index == 0 else { return ["", "", price, unit, "", ""] }
      return [line.item.rawValue, line.title, price, unit, free(line), line.date]
    }
  }

  private static func free(_ line: PriceLine) -> String {
    let always = line.free.always > 0 ? "\(CostNumber.quantity(line.free.always)) always" : nil
    let legacy = line.free.legacy > 0 ? "\(CostNumber.quantity(line.free.legacy)) legacy" : nil
    return [always, legacy].compactMap(\.self).joined(separator: ", ")
  }

  /// The prices for tools; money is a JSON number in US dollars for one unit, with all its digits.
  package var json: String {
    JSONText.sorted(
      Document(
        currency: book.currency, lines: lines.map(Document.Line.init), quotas: book.quotas, region: book.region,
        retrieved: book.retrieved))
  }

  private struct Document: Encodable {
    struct Tier: Encodable {
      var price: Decimal
      var upTo: Decimal?
    }
    struct Line: Encodable {
      var freeAlways: Decimal
      var freeLegacy: Decimal
      var item: String
      var note: String?
      var price: Decimal
      var retrieved: String
      var service: String
      var source: String
      var tiers: [Tier]
      var title: String
      var unit: String

      init(_ line: PriceLine) {
        (freeAlways, freeLegacy) = (line.free.always, line.free.legacy)
        (item, note, price, retrieved) = (line.item.rawValue, line.note, line.price, line.date)
        (service, source, title, unit) = (line.service, line.source, line.title, line.unit)
        tiers = line.tiers.map { Tier(price: $0.price, upTo: $0.upTo) }
      }
    }
    var currency: String
    var lines: [Line]
    var quotas: [Quota]
    var region: String
    var retrieved: String
  }

  /// A table of a page.
  static func html(_ lines: [PriceLine], region: String) -> HTML {
    let table = HTMLTable(
      caption: "List prices, \(region)",
      columns: [.text("Item"), .text("Unit"), .number("US dollars"), .text("Read on"), .text("From")],
      rows: lines.map { ["\($0.title)", "\($0.unit)", "\("\($0.price)")", "\($0.date)", "\($0.source)"] })
    return table.html
  }
}
