import ArgumentParser
import Foundation
import Pricing
import Reporting

/// `rce-bench cost`: what executions cost.
struct CostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost", abstract: "The monthly bill of a platform on AWS, or the cost of one invocation.",
    discussion: """
      Without a subcommand, the bill:
        rce-bench cost --executions 10000/month --profile lean --compare
        rce-bench cost --executions 5M/month --set polls=10 --html bill.html
        rce-bench cost invocation --architecture arm --memory 1769 --duration-ms 1500 --init-ms 350
        rce-bench cost reconcile latest --bill bill.csv
      `rce-bench cost bill --help` lists its options, profiles and settings.
      """,
    subcommands: [CostBillCommand.self, CostInvocationCommand.self, CostReconcileCommand.self],
    defaultSubcommand: CostBillCommand.self)
}

/// `rce-bench cost bill`: the monthly bill of a platform, with and without what people forget.
struct CostBillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bill",
    abstract: "The monthly bill of a platform on AWS, line by line, beside the estimate people quote.",
    discussion: """
      Profiles:
      \(CostProfile.all.map { "  \($0.name.padding(toLength: 10, withPad: " ", startingAt: 0))\($0.title)" }.joined(separator: "\n"))

      Settings for --set:
      \(CostSetting.all.map { "  \($0.key.padding(toLength: 20, withPad: " ", startingAt: 0))\($0.meaning)" }.joined(separator: "\n"))

      With --json: camelCase keys; money is a JSON number in US dollars with all its digits; total, lines, fixed,
      marginalPerExecution, perExecution, quoted, forgotten, breakEvens, and comparison with --compare.
      """)

  @Option(help: ArgumentHelp("Executions, as 10000/month, 5M/month, 200/day or 1.5/s.", valueName: "volume"))
  var executions = "10000/month"

  @Option(help: ArgumentHelp("What the platform is made of: basic, lean, zero-idle or ha.", valueName: "name"))
  var profile = "basic"

  @Option(help: ArgumentHelp("Change the profile; may be repeated. Settings are listed above.", valueName: "key=value"))
  var set: [String] = []

  @Option(
    name: .customLong("free-tier"), help: ArgumentHelp("What is taken off: none, always or legacy.", valueName: "tier"))
  var freeTier = "none"

  @Option(help: ArgumentHelp("The region of the prices.", valueName: "name"))
  var region = PriceBook.usEast1.region

  @Option(
    help: ArgumentHelp(
      "Peak of the load over its mean, which machines would be sized for, as 9 or 9x.", valueName: "times"))
  var peak = "9x"

  @Flag(help: "Put every profile beside it.")
  var compare = false

  @Flag(help: "Print the bill as JSON instead of tables for people.")
  var json = false

  @Option(help: ArgumentHelp("Write the bill with its charts as a self-contained page.", valueName: "file"))
  var html: String?

  func run() throws {
    let report = try report()
    if let html { try report.write(to: html) }
    Console.print((json ? report.json : report.terminal(isColoured: Console.isColoured)).trimmingNewline)
    if let html, !json { Console.print("\nbill: \(html)") }
  }

  private func report() throws(PricingError) -> CostReport {
    var chosen = try CostProfile.named(profile)
    for setting in set { try CostSetting.apply(setting, to: &chosen) }
    guard let times = DecimalText.number(peak.hasSuffix("x") ? String(peak.dropLast()) : peak) else {
      throw PricingError("'\(peak)' is no peak", hint: "for example --peak 9x")
    }
    // A page always shows the curves of all profiles.
    let others = compare || html != nil ? CostProfile.all.filter { $0.name != chosen.name } : []
    return try CostReport(
      chosen, executions: try ExecutionVolume.perMonth(executions), freeTier: try FreeTier.named(freeTier), peak: times,
      comparedWith: others, in: try PriceBook.named(region))
  }
}

extension FreeTier {
  /// A free tier by its name.
  static func named(_ name: String) throws(PricingError) -> FreeTier {
    guard let tier = FreeTier(rawValue: name) else {
      throw .unknown("free tier", name, among: FreeTier.allCases.map(\.rawValue), hint: "there are")
    }
    return tier
  }
}
