import Foundation
package import Pricing
package import RunRecords
import Statistics

/// What a run on AWS should have cost beside what was billed, for people and for tools.
package struct ReconciliationReport {
  private let info: RunInfo
  private let form: String
  private let result: Reconciliation

  /// Lays a bill beside a stored run; throws what cannot be compared.
  package init(_ reading: RunReading, _ bill: BillFile) throws(PricingError) {
    guard let prediction = RunPrediction(reading), let deployment = reading.info.deployment else {
      throw PricingError(
        "run \(reading.info.id) did not drive a deployment on AWS, so no bill is its own",
        hint: "only runs with --target aws can be reconciled")
    }
    let book = try PriceBook.named(deployment.region)
    let start = reading.info.startedAt / 1_000
    let end = start + Int64(reading.info.durationSeconds.rounded(.up)) + 1
    info = reading.info
    form = bill.form
    result = try Reconciliation(
      bill, window: start..<end, region: deployment.region, in: book, prediction: prediction.usage(hours:))
  }

  /// A line for each item, sums, what is on one side alone, and what explains the difference.
  package var text: String {
    ([head, table] + [unpredicted, others].compactMap(\.self) + [explanations]).joined(separator: "\n\n")
  }

  private var head: String {
    let span = covered.map { ", \($0)" } ?? ""
    let left =
      result.leftOut == 0 ? "" : "; \(EstimateText.count(result.leftOut, "line")) of other times or regions left out"
    return TerminalText.plain("run \(info.id) beside a bill of \(form)\(span)\(left)")
  }

  private var covered: String? {
    result.covered.map { span in
      "\(CivilTime(millisecondsSince1970: span.lowerBound * 1_000)) to "
        + "\(CivilTime(millisecondsSince1970: span.upperBound * 1_000))"
    }
  }

  private var table: String {
    let rows = result.lines.map { line in
      [
        line.price.title, line.basis.rawValue, CostNumber.quantity(line.predictedQuantity),
        line.isBilled ? CostNumber.quantity(line.billedQuantity) : "-", MoneyText.dollars(line.predicted),
        line.isBilled ? MoneyText.dollars(line.billed) : "-", line.free == 0 ? "" : MoneyText.dollars(line.free),
        line.ratio.map(CostNumber.percent) ?? "n/a",
      ]
    }
    let sum = [
      "Together", "", "", "", MoneyText.dollars(result.predicted), MoneyText.dollars(result.billed),
      result.free == 0 ? "" : MoneyText.dollars(result.free),
      shareOfBoth.map(CostNumber.percent) ?? "n/a",
    ]
    return TextTable(
      columns: [
        .text("Item"), .text("Basis"), .number("Predicted"), .number("Billed"), .number("$ predicted"),
        .number("$ billed"), .number("$ free"), .number("Predicted / billed"),
      ], rows: rows + [sum]
    ).lines().joined(separator: "\n")
  }

  /// Predicted over billed of the lines that are on both sides: one that is not billed yet would make nonsense of the sum.
  private var shareOfBoth: Decimal? {
    let both = result.lines.filter(\.isBilled)
    let billed = both.reduce(Decimal(0)) { $0 + $1.billed + $1.free }
    return billed > 0 ? both.reduce(Decimal(0)) { $0 + $1.predicted } / billed : nil
  }

  private var unpredicted: String? {
    guard !result.unpredicted.isEmpty else { return nil }
    let table = TextTable(
      columns: [.text("On the bill alone"), .text(""), .number("Quantity"), .number("$ billed")],
      rows: result.unpredicted.map {
        [
          TerminalText.plain($0.service), TerminalText.plain($0.usageType), CostNumber.quantity($0.quantity),
          MoneyText.dollars($0.dollars),
        ]
      })
    return table.lines().joined(separator: "\n")
  }

  private var others: String? {
    guard !result.others.isEmpty else { return nil }
    return "  In no sum: "
      + result.others.map { "\(TerminalText.plain($0.kind)) \(MoneyText.dollars($0.dollars))" }.joined(separator: ", ")
  }

  private var explanations: String {
    (sentences.map { "  - \($0)" } + ["  \(judgement)"]).joined(separator: "\n")
  }

  /// What explains a difference, as sentences.
  private var sentences: [String] {
    let unbilled = result.lines.filter { !$0.isBilled && $0.predicted > 0 }
    return
      ([hours, freeTier, prices, log] + [
        unbilled.isEmpty
          ? nil
          : "Predicted and not on the bill: \(unbilled.map(\.price.title).joined(separator: ", ")). Free tiers may leave a "
            + "line out; a bill is complete a day or two after the use.",
        result.lines.contains { $0.basis == .assumed }
          ? "Lines called assumed are what the model counts for a job; the bill may well know better." : nil,
      ]).compactMap(\.self)
  }

  /// A bill has whole hours or days, and a run less.
  private var hours: String? {
    guard let span = result.covered else {
      return "The bill does not say when, so what stands idle is predicted for no time at all."
    }
    let seconds = Double(span.upperBound - span.lowerBound)
    guard seconds > info.durationSeconds * 1.02 else { return nil }
    return
      "The bill's lines cover \(QuantityText.duration(nanoseconds: seconds * 1e9)) and the run took "
      + "\(QuantityText.duration(nanoseconds: info.durationSeconds * 1e9)): other use of that time is billed with it, and what "
      + "stands idle is predicted for all of it."
  }

  private var freeTier: String? {
    result.free == 0
      ? nil
      : "Free tier: units that would have cost \(MoneyText.dollars(result.free)) were billed at nothing; they count as billed "
        + "in the shares."
  }

  private var prices: String? {
    let other = result.lines.filter {
      abs($0.priceDifference) > max($0.billed / 100, Decimal(1) / 1_000_000) && $0.isBilled
    }
    guard !other.isEmpty else { return nil }
    return "Billed at other than the list price of the first tier (a later tier, a discount, a plan): "
      + other.map { "\($0.price.title) by \(MoneyText.dollars($0.priceDifference))" }.joined(separator: ", ") + "."
  }

  private var log: String? {
    guard let log = info.platformLog, !log.functions.isEmpty else {
      return "The deployment's log was not read: compute is as results declare it, without the dispatcher's."
    }
    return log.isComplete
      ? nil : "REPORT lines were found for \(log.found) of \(log.jobs) jobs; the functions' sums do not depend on that."
  }

  /// The bar: 2 % on each measured line of a run that cost more than a dollar.
  private var judgement: String {
    switch isWithinBar {
    case nil: "The measured lines were billed less than $1: too little for 2 % to mean anything."
    case true?: "Every measured line is within 2 % of its bill."
    case false?: "Not every measured line is within 2 % of its bill."
    }
  }

  /// Nil where too little was billed.
  private var isWithinBar: Bool? {
    let measured = result.lines.filter { $0.basis == .measured && $0.isBilled }
    guard measured.reduce(Decimal(0), { $0 + $1.billed + $1.free }) > 1 else { return nil }
    return measured.allSatisfy { line in line.ratio.map { abs($0 - 1) <= Decimal(2) / 100 } ?? true }
  }

  /// The same with camelCase keys; money is a JSON number of US dollars.
  package var json: String { JSONText.sorted(document) }

  private struct Document: Encodable {
    struct Line: Encodable {
      var item, title, unit, basis: String
      var predictedQuantity, billedQuantity, freeQuantity: Decimal
      var predicted, billed, free, priceDifference: Decimal
      /// Predicted over billed and free; absent where nothing was.
      var ratio: Decimal?
    }
    struct Unpredicted: Encodable {
      var service, usageType: String
      var quantity, billed: Decimal
    }
    struct Sum: Encodable {
      var predicted, billed, free: Decimal
    }
    var run, bill: String
    var coveredFrom, coveredTo: Int64?
    var leftOut: Int
    var lines: [Line]
    var total: Sum
    var unpredicted: [Unpredicted]
    var others: [String: Decimal]
    var explanations: [String]
    /// Absent where too little was billed to judge.
    var within2Percent: Bool?
  }

  private var document: Document {
    Document(
      run: info.id, bill: form, coveredFrom: result.covered?.lowerBound, coveredTo: result.covered?.upperBound,
      leftOut: result.leftOut,
      lines: result.lines.map { line in
        Document.Line(
          item: line.price.item.rawValue, title: line.price.title, unit: line.price.unit, basis: line.basis.rawValue,
          predictedQuantity: CostNumber.exact(line.predictedQuantity),
          billedQuantity: CostNumber.exact(line.billedQuantity), freeQuantity: CostNumber.exact(line.freeQuantity),
          predicted: CostNumber.exact(line.predicted), billed: CostNumber.exact(line.billed),
          free: CostNumber.exact(line.free), priceDifference: CostNumber.exact(line.priceDifference),
          ratio: line.ratio.map(CostNumber.exact))
      },
      total: .init(
        predicted: CostNumber.exact(result.predicted), billed: CostNumber.exact(result.billed),
        free: CostNumber.exact(result.free)),
      unpredicted: result.unpredicted.map {
        .init(service: $0.service, usageType: $0.usageType, quantity: $0.quantity, billed: $0.dollars)
      },
      others: Dictionary(result.others.map { ($0.kind, $0.dollars) }, uniquingKeysWith: +), explanations: sentences,
      within2Percent: isWithinBar)
  }
}
