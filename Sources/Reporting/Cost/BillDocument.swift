import Foundation
import Pricing

/// A bill for tools: `rce-bench cost --json`.
struct BillDocument: Encodable {
  struct Line: Encodable {
    var amount: Decimal
    var component: CostComponent
    var fixed: Bool
    var freeQuantity: Decimal
    var item: String
    /// US dollars for one unit, first tier.
    var price: Decimal
    var quantity: Decimal
    var title: String
    var unit: String

    init(_ line: Bill.Line) {
      amount = CostNumber.exact(line.amount)
      component = line.usage.component
      fixed = line.usage.isFixed
      freeQuantity = CostNumber.exact(line.freeQuantity)
      item = line.usage.item.rawValue
      price = line.price.price
      quantity = CostNumber.exact(line.quantity)
      (title, unit) = (line.price.title, line.price.unit)
    }
  }

  struct Quoted: Encodable {
    struct Line: Encodable {
      var amount: Decimal
      /// What this bill has for it.
      var billed: Decimal
      var title: String
    }
    var lines: [Line]
    var total: Decimal
  }

  struct Forgotten: Encodable {
    var amount: Decimal
    var reason: String
    var title: String
  }

  var currency: String
  var executionsPerMonth: Decimal
  var fixed: Decimal
  var forgotten: [Forgotten]
  var freeTier: FreeTier
  var lines: [Line]
  var marginalPerExecution: Decimal
  var perExecution: Decimal
  var profile: String
  var quoted: Quoted
  var region: String
  var retrieved: String
  var total: Decimal
  /// Executions a month at which what stands idle costs as much as the executions; absent where one of them is 0.
  var balanceVolume: Decimal?

  init(_ bill: Bill, profile: CostProfile) {
    let executions = bill.usage.executions
    currency = bill.book.currency
    executionsPerMonth = CostNumber.exact(executions)
    fixed = CostNumber.exact(bill.fixed)
    forgotten = bill.forgotten.map {
      Forgotten(amount: CostNumber.exact($0.amount), reason: $0.reason, title: $0.title)
    }
    freeTier = bill.freeTier
    lines = bill.lines.map(Line.init)
    marginalPerExecution = CostNumber.exact(bill.marginal)
    perExecution = CostNumber.exact(bill.perExecution)
    self.profile = profile.name
    quoted = Quoted(
      lines: NaiveEstimate.lines.map { line in
        Quoted.Line(
          amount: CostNumber.exact(line.amount(executions)), billed: CostNumber.exact(bill.amount(of: line.components)),
          title: line.title)
      }, total: CostNumber.exact(NaiveEstimate.total(executions)))
    region = bill.book.region
    retrieved = bill.book.retrieved
    total = CostNumber.exact(bill.total)
    balanceVolume = bill.balanceVolume.map(CostNumber.exact)
  }
}

extension Bill {
  /// US dollars a month of several components.
  func amount(of components: Set<CostComponent>) -> Decimal {
    components.reduce(Decimal(0)) { $0 + amount(of: $1) }
  }
}
