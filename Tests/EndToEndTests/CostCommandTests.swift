import FoundationEssentials
import HostSystem
import Testing

@Suite("rce-bench cost and prices", .enabled(if: BuiltPrograms.exist, "needs `make build`"))
struct CostCommandTests {
  private func output(_ arguments: [String]) throws -> String {
    let end = try TestProgram.run(arguments)
    #expect(end.end == .exited(0) && end.errors.isEmpty, "\(end.said)")
    return end.output
  }

  private struct Bill: Decodable {
    struct Line: Decodable {
      var amount: Decimal
      var item: String
    }
    var total: Decimal
    var lines: [Line]
  }

  private func bill(_ arguments: [String]) throws -> Bill {
    try JSONDecoder().decode(Bill.self, from: Data(try output(arguments + ["--json"]).utf8))
  }

  @Test(
    "a month of each profile",
    arguments: [("basic", 50.2056), ("lean", 17.6432), ("zero-idle", 1.0203), ("ha", 113.0636)])
  func profiles(name: String, dollars: Double) throws {
    let bill = try bill(["cost", "--executions", "10000/month", "--profile", name])
    #expect(abs((Double("\(bill.total)") ?? 0) - dollars) < 0.00005)
    #expect(bill.lines.count > 10)
  }

  @Test("settings, the free tier, the comparison and the page do what they say")
  func options() throws {
    let plain = try bill(["cost", "--profile", "lean"])
    #expect(try bill(["cost", "--profile", "lean", "--set", "polls=30"]).total > plain.total)
    #expect(try bill(["cost", "--profile", "lean", "--free-tier", "always"]).total < plain.total)
    #expect(try output(["cost", "--compare"]).contains("zero-idle"))
    let folder = try TemporaryFolder()
    _ = try output(["cost", "--html", "\(folder.path)/bill.html"])
    let page = try FileDescriptor.open("\(folder.path)/bill.html", 0).readAll()
    #expect(String(decoding: page, as: UTF8.self).contains("<svg"))
  }

  @Test("an invocation to the last digit")
  func invocation() throws {
    let bill = try bill([
      "cost", "invocation", "--architecture", "x86", "--memory", "512", "--duration-ms", "395.99", "--init-ms",
      "265.72",
    ])
    #expect("\(bill.total)" == "0.0000057166777")
    #expect(bill.lines.map(\.item) == ["lambda.gb_second.x86", "lambda.request"])
  }

  @Test(
    "what makes no sense is refused with what to do",
    arguments: [
      (["cost", "--executions", "0/month"], "above 0"), (["cost", "--executions=-5/month"], "above 0"),
      (["cost", "--profile", "leen"], "did you mean 'lean'?"), (["cost", "--region", "us-east-2"], "us-east-1"),
      (["cost", "--set", "polls=-1"], "0 or more"), (["cost", "--set", "poll=1"], "did you mean 'polls'?"),
      (["cost", "--free-tier", "some"], "none, always, legacy"), (["cost", "--peak", "0.5"], "at least the mean"),
      (["cost", "invocation", "--memory", "64", "--duration-ms", "1"], "128 to 10240"),
      (["cost", "invocation", "--memory", "128", "--duration-ms=-1"], "from 0"),
      (["prices", "--filter", "lamda.request"], "did you mean 'lambda.request'?"),
      (["prices", "check", "/nonexistent"], "cannot read"), (["prices", "check", "README.md"], "bulk format"),
    ])
  func refusals(arguments: [String], hint: String) throws {
    let end = try TestProgram.run(arguments)
    #expect(end.end == .exited(2) && end.output.isEmpty, "\(end.said)")
    #expect(end.errors.contains(hint), "\(end.said)")
  }

  @Test("a file of the Price List with other prices is a drift", arguments: [("0.0000002000", 0), ("0.00000025", 3)])
  func drift(price: String, code: Int32) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "index.json",
      """
      {"offerCode": "AWSLambda", "products": {"A": {"sku": "A", "attributes":
        {"usagetype": "Request", "regionCode": "us-east-1"}}},
       "terms": {"OnDemand": {"A": {"A.JRTCKXETXF": {"priceDimensions": {"A.JRTCKXETXF.6YS6EN2CT7":
        {"beginRange": "0", "endRange": "Inf", "pricePerUnit": {"USD": "\(price)"}}}}}}}}
      """)
    let end = try TestProgram.run(["prices", "check", file])
    #expect(end.end == .exited(code), "\(end.said)")
    #expect(end.output.contains("lambda.request"))
  }

  @Test("prices and quotas are listed, each with where it comes from")
  func prices() throws {
    #expect(try output(["prices", "--filter", "sqs"]).contains("sqs.request"))
    #expect(try output(["prices", "--quotas"]).contains("lambda.concurrency"))
    #expect(try output(["prices", "--json"]).contains("\"source\""))
  }
}
