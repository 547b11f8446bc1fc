import FoundationEssentials
import Pricing
import Testing

@Suite struct PricingTests {
  @Test(
    "an invocation costs its GB-seconds and one request",
    arguments: [
      (Architecture.x86, 128, 8.40, 0.0, 9, "0.00000021875003750"), (.x86, 512, 395.99, 265.72, 662, "0.0000057166777"),
      (.x86, 1769, 2_000, 0, 2_000, "0.000057784751"), (.arm, 2048, 412.55, 138.20, 551, "0.0000148934068"),
    ])
  func vectors(
    architecture: Architecture, memory: Int, duration: Double, initialisation: Double, billed: Int, dollars: String
  ) throws {
    let usage = InvocationUsage(
      durationMilliseconds: duration, initialisationMilliseconds: initialisation, memoryMB: memory)
    #expect(usage.billedMilliseconds == billed)
    let difference = usage.cost(in: .usEast1, on: architecture) - (try money(dollars))
    #expect(abs(difference) < (try money("0.0000000000005")))
  }

  @Test("cost rises with every quantity")
  func monotone() {
    var last = Decimal(0)
    for milliseconds in stride(from: 1, through: 20_000, by: 487) {
      let cost = InvocationUsage(billedMilliseconds: milliseconds, memoryMB: 512).cost(in: .usEast1, on: .x86)
      #expect(cost > last)
      #expect(cost < InvocationUsage(billedMilliseconds: milliseconds, memoryMB: 513).cost(in: .usEast1, on: .x86))
      last = cost
    }
  }

  @Test("every line has a date and a source")
  func sources() {
    #expect(PriceBook.usEast1.lines.allSatisfy { $0.date.count == 10 && !$0.source.isEmpty })
    #expect(PriceBook.usEast1.lines.filter { $0.price <= 0 }.map(\.item.rawValue) == ["cloudfront.plan.free"])
  }

  @Test(
    "money has three digits and no exponent",
    arguments: [
      ("0.0000057166777", "$0.00000572"), ("0", "$0.00"), ("1.25", "$1.25"), ("113.0636", "$113.06"),
      ("0.0000000218", "$0.0000000218"), ("0.005", "$0.00500"), ("-2.5", "-$2.50"), ("0.99999", "$1.00"),
    ])
  func text(amount: String, text: String) throws {
    #expect(MoneyText.dollars(try money(amount)) == text)
  }
}
