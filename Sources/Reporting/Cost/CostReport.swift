package import Foundation
package import Pricing

/// The monthly bill of a profile beside the quoted estimate, the profiles it is compared with, and its break-evens.
package struct CostReport {
  let profile: CostProfile
  let bill: Bill
  /// Bills of other profiles at the same volume, with the names of their profiles.
  let others: [(profile: CostProfile, bill: Bill)]
  let breakEven: BreakEven

  /// Throws where the volume or the peak makes no sense.
  package init(
    _ profile: CostProfile, executions: Decimal, freeTier: FreeTier = .none, peak: Decimal = 9,
    comparedWith others: [CostProfile] = [], in book: PriceBook = .usEast1
  ) throws(PricingError) {
    self.profile = profile
    bill = try Bill(profile, executions: executions, in: book, freeTier: freeTier)
    var bills: [(CostProfile, Bill)] = []
    for other in others { bills.append((other, try Bill(other, executions: executions, in: book, freeTier: freeTier))) }
    self.others = bills
    breakEven = try BreakEven(profile, in: book, peak: peak)
  }

  /// The bill for a terminal.
  package func terminal(isColoured: Bool = false) -> String {
    CostText(report: self, terminal: TerminalText(isColoured: isColoured)).text
  }

  /// The bill for tools; keys are sorted, money is a JSON number in US dollars with all its digits.
  package var json: String { JSONText.sorted(CostDocument(self)) }

  /// The bill as a self-contained page.
  package var html: String { CostPage(report: self).html }

  /// Writes the page to a file, whole or not at all.
  package func write(to path: String) throws(ReportError) { try ReportError.writing(html, to: path) }

  /// Every bill, that of the profile first.
  var bills: [(profile: CostProfile, bill: Bill)] { [(profile, bill)] + others }
}

/// A cost report for tools.
private struct CostDocument: Encodable {
  var bill: BillDocument
  var breakEvens: BreakEvenDocument
  var comparison: [BillDocument]?

  enum CodingKeys: String, CodingKey {
    case breakEvens, comparison
  }

  init(_ report: CostReport) {
    bill = BillDocument(report.bill, profile: report.profile)
    breakEvens = BreakEvenDocument(report.breakEven)
    let others = report.others.map { BillDocument($0.bill, profile: $0.profile) }
    comparison = others.isEmpty ? nil : others
  }

  /// The bill's own keys stand at the top.
  func encode(to encoder: any Encoder) throws {
    try bill.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(breakEvens, forKey: .breakEvens)
    try container.encodeIfPresent(comparison, forKey: .comparison)
  }
}
