package import FoundationEssentials

/// A quantity that a model expects on a bill.
package struct PredictedUsage: Sendable, Hashable {
  /// How well the quantity is known.
  package enum Basis: String, Sendable, Hashable, Codable {
    /// Counted by the generator, or told by the platform's log.
    case measured
    /// As the model assumes for a job.
    case assumed
    /// Paid for by the hour, whether or not jobs come.
    case idle
  }

  package var item: PriceLine.Item
  package var quantity: Decimal
  package var basis: Basis

  package init(_ item: PriceLine.Item, _ quantity: Decimal, _ basis: Basis) {
    self.item = item
    self.quantity = quantity
    self.basis = basis
  }
}

/// What a model expects beside what was billed, line by line.
package struct Reconciliation: Sendable {
  /// One item on both sides.
  package struct Line: Sendable {
    package let price: PriceLine
    package let basis: PredictedUsage.Basis
    package let predictedQuantity: Decimal
    /// US dollars at list price, first tier.
    package let predicted: Decimal
    package let billedQuantity: Decimal
    /// US dollars.
    package let billed: Decimal
    /// Units among them that cost nothing.
    package let freeQuantity: Decimal

    /// Whether the bill has it.
    package var isBilled: Bool { billedQuantity != 0 || billed != 0 }
    /// US dollars that the free units would have cost.
    package var free: Decimal { freeQuantity * price.price }
    /// Predicted over billed dollars, what was free added to the bill; nil without a bill.
    package var ratio: Decimal? { billed + free > 0 ? predicted / (billed + free) : nil }
    /// US dollars by which the paid units differ from their list price: tiers, discounts, other regions.
    package var priceDifference: Decimal { billed - (billedQuantity - freeQuantity) * price.price }
  }

  /// Usage on the bill that the model does not know.
  package struct Unpredicted: Sendable, Hashable {
    package let service: String
    package let usageType: String
    package var quantity: Decimal
    package var dollars: Decimal
  }

  package let lines: [Line]
  package let unpredicted: [Unpredicted]
  /// US dollars of taxes, credits and fees, by their kind; in no other sum.
  package let others: [(kind: String, dollars: Decimal)]
  /// Seconds since 1970 that the lines of the bill cover which were taken; nil where it does not say.
  package let covered: Range<Int64>?
  /// Lines of other hours, days or regions, which were left out.
  package let leftOut: Int

  /// US dollars of the lines on both sides.
  package var predicted: Decimal { lines.reduce(Decimal(0)) { $0 + $1.predicted } }
  package var billed: Decimal { lines.reduce(Decimal(0)) { $0 + $1.billed } }
  /// US dollars that the free units among them would have cost.
  package var free: Decimal { lines.reduce(Decimal(0)) { $0 + $1.free } }

  /// Lays a bill beside what is predicted for the hours that it covers.
  ///
  /// - Parameters:
  ///   - window: seconds since 1970 of the run; lines that do not touch it are left out.
  ///   - prediction: what is expected, given the hours that the bill's lines cover.
  package init(
    _ bill: BillFile, window: Range<Int64>, region: String, in book: PriceBook = .usEast1,
    prediction: (_ hours: Decimal) -> [PredictedUsage]
  ) throws(PricingError) {
    let taken = bill.lines.filter { line in
      (line.stretch.map { $0.lowerBound < window.upperBound && $0.upperBound > window.lowerBound } ?? true)
        && (line.region.map { $0 == region || $0.isEmpty || $0 == "global" } ?? true)
    }
    guard !taken.isEmpty else {
      throw PricingError(
        "the bill has no line of the time of the run\(Self.times(of: bill, window))",
        hint: "bills are complete a day or two later; take one that covers the run, of \(region)")
    }
    leftOut = bill.lines.count - taken.count
    covered = Self.covered(taken)
    let hours = covered.map { Decimal(Int($0.upperBound - $0.lowerBound)) / 3_600 } ?? 0
    let sides = BilledItems(taken.filter(\.isUsage), prediction(hours), in: book)
    (lines, unpredicted) = (sides.lines, sides.unpredicted)
    let kinds = Dictionary(grouping: taken.filter { !$0.isUsage }, by: \.kind)
    others = kinds.map { ($0.key, $0.value.reduce(Decimal(0)) { $0 + $1.dollars }) }.sorted { $0.0 < $1.0 }
  }

  private static func covered(_ lines: [BilledLine]) -> Range<Int64>? {
    let stretches = lines.filter(\.isUsage).compactMap(\.stretch)
    guard let start = stretches.map(\.lowerBound).min(), let end = stretches.map(\.upperBound).max() else { return nil }
    return start..<end
  }

  private static func times(of bill: BillFile, _ window: Range<Int64>) -> String {
    guard let all = covered(bill.lines) else { return "" }
    func text(_ seconds: Int64) -> String {
      Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
    return ": it covers \(text(all.lowerBound)) to \(text(all.upperBound)), the run began \(text(window.lowerBound))"
  }
}

/// Lines of a bill by the items that they are of.
private struct BilledItems {
  var lines: [Reconciliation.Line] = []
  var unpredicted: [Reconciliation.Unpredicted] = []

  private struct Sum {
    var quantity = Decimal(0)
    var dollars = Decimal(0)
    var free = Decimal(0)
  }

  init(_ billed: [BilledLine], _ predicted: [PredictedUsage], in book: PriceBook) {
    var sums: [PriceLine.Item: Sum] = [:]
    var others: [String: Reconciliation.Unpredicted] = [:]
    let expected = Set(predicted.map(\.item))
    for line in billed {
      guard let item = Self.item(of: line, expected, book) else {
        let none = Reconciliation.Unpredicted(service: line.service, usageType: line.usageType, quantity: 0, dollars: 0)
        others["\(line.service) \(line.usageType)", default: none].quantity += line.quantity
        others["\(line.service) \(line.usageType)", default: none].dollars += line.dollars
        continue
      }
      sums[item, default: Sum()].quantity += line.quantity
      sums[item, default: Sum()].dollars += line.dollars
      if line.dollars == 0 { sums[item, default: Sum()].free += line.quantity }
    }
    lines = predicted.map { one in
      let (price, sum) = (book.line(one.item), sums[one.item] ?? Sum())
      return Reconciliation.Line(
        price: price, basis: one.basis, predictedQuantity: one.quantity, predicted: one.quantity * price.price,
        billedQuantity: sum.quantity, billed: sum.dollars, freeQuantity: sum.free)
    }
    unpredicted = others.values.sorted { ($1.dollars, $0.usageType) < ($0.dollars, $1.usageType) }
  }

  /// The item that is predicted and has this usage type; where one type is several items, as that of a node with two
  /// engines is, the one that is predicted.
  private static func item(
    of line: BilledLine, _ expected: Set<PriceLine.Item>, _ book: PriceBook
  ) -> PriceLine.Item? {
    // Requests of functions on arm are billed by a type of their own, at the same price.
    let type = line.usageType == "Request-ARM" ? "Request" : line.usageType
    return book.lines.first { price in
      expected.contains(price.item) && price.match["usagetype"].map(BillFile.unprefixed) == type
        && (price.service == line.service || price.item == .egressGigabyte)
    }?.item
  }
}
