import Foundation
package import Pricing

/// What invocations of a function cost, for people and for tools.
package struct InvocationCostReport {
  let cost: InvocationCost

  package init(_ cost: InvocationCost) { self.cost = cost }

  /// A line for each thing that is paid for, and the total with all its digits.
  package var text: String {
    let lines = cost.bill.lines
    let table = TextTable(
      columns: [.text(""), .number("Quantity"), .text("Unit"), .number("US dollars a unit"), .number("US dollars")],
      rows: lines.map {
        [
          $0.price.title, "\(CostNumber.exact($0.quantity))", $0.price.unit, "\($0.price.price)",
          "\(CostNumber.exact($0.amount))",
        ]
      } + [["Together", "", "", "", "\(CostNumber.exact(cost.total))"]])
    let what = cost.invocations == 1 ? "1 invocation" : "\(CostNumber.quantity(cost.invocations)) invocations"
    return """
      \(what), \(cost.architecture.rawValue), \(cost.usage.memoryMB) MB, \(cost.usage.billedMilliseconds) ms billed each, \
      \(cost.bill.book.region), \(FreeTierText.phrase(cost.bill.freeTier))

      \(table.lines().joined(separator: "\n"))
      """
  }

  /// The same with camelCase keys; money is a JSON number with all its digits.
  package var json: String { JSONText.sorted(Document(cost)) }

  private struct Document: Encodable {
    var architecture: Architecture
    var billedMs: Int
    var currency: String
    var ephemeralMB: Int
    var freeTier: FreeTier
    var gigabyteSeconds: Decimal
    var invocations: Decimal
    var lines: [BillDocument.Line]
    var memoryMB: Int
    var perInvocation: Decimal
    var region: String
    var total: Decimal

    init(_ cost: InvocationCost) {
      architecture = cost.architecture
      billedMs = cost.usage.billedMilliseconds
      currency = cost.bill.book.currency
      ephemeralMB = cost.usage.ephemeralMB
      freeTier = cost.bill.freeTier
      gigabyteSeconds = CostNumber.exact(cost.usage.gigabyteSeconds)
      invocations = cost.invocations
      lines = cost.bill.lines.map(BillDocument.Line.init)
      memoryMB = cost.usage.memoryMB
      perInvocation = CostNumber.exact(cost.bill.perExecution)
      region = cost.bill.book.region
      total = CostNumber.exact(cost.total)
    }
  }
}

/// Free tiers in words.
enum FreeTierText {
  static func phrase(_ tier: FreeTier) -> String {
    switch tier {
    case .none: "list price"
    case .always: "after what is always free"
    case .legacy: "after what is free for accounts opened before 2025-07-15, in their first year"
    }
  }
}
