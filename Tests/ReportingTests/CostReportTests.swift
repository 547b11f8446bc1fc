import Foundation
import Pricing
import Reporting
import RunRecords
import TestServices
import Testing

/// Bills, invocations and prices as people and tools read them.
@Suite struct CostReportTests {
  private func report(_ profile: CostProfile, _ executions: Decimal = 10_000, tier: FreeTier = .none) throws
    -> CostReport
  {
    try CostReport(
      profile, executions: executions, freeTier: tier, comparedWith: CostProfile.all.filter { $0.name != profile.name })
  }

  private func object(_ json: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  @Test("the bill is as it was looked at, for people and for tools")
  func goldens() throws {
    try Golden.expect(try report(.basic).terminal(), is: "bill.terminal.txt")
    try Golden.expect(try report(.lean, 5_000_000, tier: .always).json, is: "bill.json")
  }

  @Test("the bill's lines add up to its total, in JSON without a lost digit")
  func sums() throws {
    let json = try object(try report(.basic).json)
    let lines = try #require(json["lines"] as? [[String: Any]])
    let amounts = try lines.map { try #require($0["amount"] as? NSNumber).decimalValue }
    let total = try #require(json["total"] as? NSNumber).doubleValue
    #expect(abs(amounts.reduce(Decimal(0), +).double - total) < 1e-9)
    #expect(abs(total - 50.2056) < 0.00005)
    #expect((json["comparison"] as? [[String: Any]])?.count == 3)
    #expect(((json["quoted"] as? [String: Any])?["total"] as? NSNumber)?.doubleValue == 15.384)
    #expect(((json["breakEvens"] as? [String: Any])?["hosts"] as? [[String: Any]])?.count == 7)
  }

  @Test("what the estimate forgets is named, the dearest first")
  func forgotten() throws {
    let bill = try Bill(.basic, executions: 10_000)
    #expect(bill.forgotten.first?.title == "NAT gateway")
    #expect(bill.forgotten.map(\.amount) == bill.forgotten.map(\.amount).sorted(by: >))
    let titles = Set(bill.forgotten.map(\.title))
    for title in ["Public IPv4 address", "Asking the idle queue", "API calls beyond one a job", "ECR, private image"] {
      #expect(titles.contains(title), "\(title)")
    }
    #expect(!(try Bill(.zeroIdle, executions: 10_000).forgotten.map(\.title).contains("NAT gateway")))
  }

  @Test("the page is well-formed, and has both charts with their tables", arguments: CostProfile.all)
  func page(profile: CostProfile) throws {
    let html = try report(profile).html
    #expect(MarkupChecker(html).problems == [])
    #expect(html.contains("chart-volume") && html.contains("chart-ways"))
  }

  @Test("an invocation in JSON has all its digits")
  func invocation() throws {
    let usage = InvocationUsage(billedMilliseconds: 9, memoryMB: 128)
    let report = InvocationCostReport(try InvocationCost(usage, on: .x86))
    #expect(report.json.contains("\"total\" : 0.0000002187500375"))
    #expect(report.text.contains("0.0000002187500375"))
    let lines = try #require(try object(report.json)["lines"] as? [[String: Any]])
    #expect(lines.compactMap { $0["item"] as? String } == ["lambda.gb_second.x86", "lambda.request"])
  }

  @Test("prices are found by a part of their name, and what is not there is refused with what is near")
  func prices() throws {
    let table = try PriceTable(.usEast1, filter: "SQS")
    #expect(table.text.contains("sqs.request") && !table.text.contains("lambda.request"))
    let all = try object(try PriceTable(.usEast1, filter: nil).json)
    #expect((all["lines"] as? [Any])?.count == PriceBook.usEast1.lines.count)
    #expect((all["quotas"] as? [Any])?.count == PriceBook.usEast1.quotas.count)
    #expect(throws: PricingError.self) { try PriceTable(.usEast1, filter: "sqs.requets") }
  }

  @Test("a stored run's jobs are exported with what each cost")
  func export() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rce-cost-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let made = SyntheticRun.steady()
    let writer = try RunWriter(creating: folder, info: made.info)
    try writer.append(Array(made.records))
    try writer.finish(made.info)
    let export = try RunExport(folder: folder, format: .csv, pricing: { info in RecordPricing(info).dollars(of:) })
    var text = ""
    try export.write { text += $0 }
    let rows = text.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.first?.last == "dollars")
    let recorded = try #require(rows.first?.firstIndex(of: "recorded"))
    let sum = rows.dropFirst().filter { $0[recorded] == "1" }.compactMap { $0.last.flatMap { Double($0) } }.reduce(0, +)
    #expect(abs(sum - RunFigures(made).cost.all.total.double) < 1e-9)
  }
}
