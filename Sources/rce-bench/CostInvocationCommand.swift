import ArgumentParser
import FoundationEssentials
import Pricing
import Reporting

/// `rce-bench cost invocation`: what invocations of a function cost, exactly.
struct CostInvocationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invocation", abstract: "What one invocation of a Lambda function costs, to the last digit.",
    discussion: """
      Billed milliseconds are duration and initialisation together, rounded up to the next. Many invocations climb the
      tiers of one month.

      With --json: camelCase keys; money is a JSON number in US dollars with all its digits; total, perInvocation, and lines
      with item, quantity, unit, price and amount.
      """)

  @Option(help: "Of the function: x86 or arm.")
  var architecture = "x86"

  @Option(help: ArgumentHelp("Memory that the function is configured with.", valueName: "MB"))
  var memory: Int

  @Option(help: ArgumentHelp("Duration, without initialisation.", valueName: "ms"))
  var durationMs: String

  @Option(help: ArgumentHelp("Initialisation of a cold start, which is billed.", valueName: "ms"))
  var initMs = "0"

  @Option(help: ArgumentHelp("Size of /tmp; 512 cost nothing.", valueName: "MB"))
  var ephemeralMb = 512

  @Option(help: "Invocations of the month.")
  var invocations = "1"

  @Option(
    name: .customLong("free-tier"), help: ArgumentHelp("What is taken off: none, always or legacy.", valueName: "tier"))
  var freeTier = "none"

  @Flag(help: "Print the cost as JSON.")
  var json = false

  func run() throws {
    let report = InvocationCostReport(try cost())
    Console.print((json ? report.json : report.text).trimmingNewline)
  }

  private func cost() throws(PricingError) -> InvocationCost {
    guard let architecture = Architecture(rawValue: architecture) else {
      throw .unknown("architecture", architecture, among: Architecture.allCases.map(\.rawValue), hint: "there are")
    }
    let usage = try InvocationUsage(
      duration: try number(durationMs, "--duration-ms"), initialisation: try number(initMs, "--init-ms"),
      memoryMB: memory, ephemeralMB: ephemeralMb)
    return try InvocationCost(
      usage, on: architecture, invocations: try number(invocations, "--invocations"),
      freeTier: try FreeTier.named(freeTier))
  }

  private func number(_ text: String, _ option: String) throws(PricingError) -> Decimal {
    guard let number = DecimalText.number(text) else { throw PricingError("\(option) must be a number, got '\(text)'") }
    return number
  }
}
