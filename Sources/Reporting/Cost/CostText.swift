import Foundation
import Pricing
import Statistics

/// A cost report for a terminal.
struct CostText {
  let report: CostReport
  let terminal: TerminalText

  var text: String {
    ([heading, billTable, summary, forgotten] + [comparison].compactMap(\.self) + [breakEvens]).joined(
      separator: "\n\n")
  }

  private var bill: Bill { report.bill }
  private var volume: String { CostNumber.quantity(bill.usage.executions) }

  private var heading: String {
    """
    \(terminal.paint(report.profile.name, .bold))   \(volume) executions a month, \(bill.book.region), \
    \(FreeTierText.phrase(bill.freeTier)), prices of \(bill.book.retrieved)
      \(report.profile.title)
    """
  }

  private var billTable: String {
    let quoted = QuotedColumn(bill)
    let rows = bill.lines.enumerated().map { index, line in
      [
        line.usage.component.title, line.price.title + (line.usage.isFixed ? "" : " *"),
        CostNumber.quantity(line.quantity), line.price.unit, MoneyText.fixed(line.amount, decimals: 4),
        quoted.text(index),
      ]
    }
    let sum = [
      "Together", "", "", "", MoneyText.fixed(bill.total, decimals: 4),
      MoneyText.fixed(NaiveEstimate.total(bill.usage.executions), decimals: 4),
    ]
    let table = TextTable(
      columns: [
        .text("Part"), .text("Item"), .number("A month"), .text("Unit"), .number("$ a month"), .number("Quoted"),
      ],
      rows: rows + [sum])
    let bold = rows.count
    return table.lines { row, _, cell in row == bold ? terminal.paint(cell, .bold) : cell }.joined(separator: "\n")
      + "\n  * grows with executions"
  }

  private var summary: String {
    let balance = bill.balanceVolume.map {
      "; both weigh the same at \(CostNumber.quantity($0.rounded)) a month"
    }
    return """
        \(MoneyText.dollars(bill.perExecution)) an execution at \(volume) a month: \(MoneyText.dollars(bill.marginal)) that it \
      adds, and its share of \(MoneyText.dollars(bill.fixed)) that stands idle\(balance ?? "")
      """
  }

  private var forgotten: String {
    let naive = NaiveEstimate.total(bill.usage.executions)
    let factor = CostNumber.double(bill.total / naive)
    let head =
      "  The quoted estimate says \(MoneyText.dollars(naive)), the bill is \(QuantityText.number(factor)) times that."
    guard !bill.forgotten.isEmpty else { return head + " Nothing of this bill is missing in it." }
    let table = TextTable(
      columns: [.text("It forgets"), .number("$ a month"), .text("")],
      rows: bill.forgotten.map { [$0.title, MoneyText.fixed($0.amount, decimals: 4), $0.reason] })
    return """
      \(head)
      \(table.lines().joined(separator: "\n"))
        and, here as there: every further environment (dev, staging, prod) pays what stands idle once more
      """
  }

  private var comparison: String? {
    guard !report.others.isEmpty else { return nil }
    let table = TextTable(
      columns: [
        .text("Profile"), .number("$ a month"), .number("$ an execution"), .number("It adds"),
        .number("Idle, $ a month"),
        .number("Times quoted"),
      ],
      rows: report.bills.map { profile, bill in
        [
          profile.name, MoneyText.fixed(bill.total, decimals: 4), MoneyText.dollars(bill.perExecution),
          MoneyText.dollars(bill.marginal), MoneyText.fixed(bill.fixed, decimals: 4),
          QuantityText.number(CostNumber.double(bill.total / NaiveEstimate.total(bill.usage.executions))),
        ]
      })
    return table.lines().joined(separator: "\n")
  }

  private var breakEvens: String {
    let breakEven = report.breakEven
    let rows = BreakEvenRow.all(breakEven).map { [$0.name, $0.utilisation, $0.volume] }
    let table = TextTable(
      columns: [.text("Instead of the executor"), .number("Busy at least"), .number("Pays from, executions a month")],
      rows: rows)
    return """
      \(table.lines().joined(separator: "\n"))
        sized for a peak of \(CostNumber.quantity(breakEven.peak)) times the mean (--peak); never: one that is full at the peak costs more than Lambda
      """
  }
}

/// What the estimate says for a part, shown once: beside the first line of the part.
struct QuotedColumn {
  private let texts: [Int: String]

  init(_ bill: Bill) {
    var texts: [Int: String] = [:]
    for quoted in NaiveEstimate.lines {
      guard let first = bill.lines.firstIndex(where: { quoted.components.contains($0.usage.component) }) else {
        continue
      }
      texts[first] = MoneyText.fixed(quoted.amount(bill.usage.executions), decimals: 4)
    }
    self.texts = texts
  }

  func text(_ index: Int) -> String { texts[index] ?? "" }
}

/// A way to run code in place of the executor, as people read where it pays.
struct BreakEvenRow {
  var name: String
  var utilisation: String
  var volume: String

  static func all(_ breakEven: BreakEven) -> [BreakEvenRow] {
    let provisioned = BreakEvenRow(
      name: "Provisioned concurrency", utilisation: CostNumber.percent(breakEven.provisionedUtilisation),
      volume: breakEven.provisionedVolume.map { CostNumber.quantity($0.rounded) } ?? "never")
    return [provisioned]
      + AlwaysOnHost.all(in: breakEven.book).map { host in
        let volume = (try? breakEven.volume(host)) ?? nil
        return BreakEvenRow(
          name: host.name, utilisation: CostNumber.percent(host.breakEvenUtilisation(in: breakEven.book)),
          volume: volume.map { CostNumber.quantity($0.rounded) } ?? "never")
      }
  }
}

extension Decimal {
  /// The nearest whole number.
  var rounded: Decimal {
    var (value, result) = (self, Decimal())
    NSDecimalRound(&result, &value, 0, .plain)
    return result
  }
}
