import ArgumentParser
import Reporting
import RunRecords

/// `rce-bench compare`: says whether a platform became slower, faster, or stayed the same.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare runs: shift, interval, effect size, and a verdict with an exit code.",
    discussion: """
      The first side is the baseline, unless --baseline names one. A side is a run,
      or several that repeat each other, separated by commas: then each run is one
      measurement, and the error is the one between runs.

      A run is a folder, a run.sqlite, the beginning of an id below reports/runs,
      `latest`, or a name below reports/baselines.

        rce-bench compare 20261124-14 latest
        rce-bench compare a1,a2,a3 b1,b2,b3 --output comparison.html
        rce-bench compare --baseline reports/baselines/steady latest

      Exits 4 on a regression, 5 where a run is INVALID as a measurement.
      """)

  @Argument(help: ArgumentHelp("Sides to compare.", valueName: "side"), completion: .runs)
  var sides: [String] = []

  @Option(help: ArgumentHelp("The side that the others are compared with.", valueName: "side"))
  var baseline: String?

  @Option(help: "Chance of a false alarm, over all rows of end to end together.")
  var alpha = 0.01

  @Option(help: "The smallest shift that matters, as a share: 5% or 0.05.")
  var margin = Share(0.05)

  @Flag(help: "Compare INVALID runs and runs of another mix all the same.")
  var force = false

  @Option(help: ArgumentHelp("Write the comparison as a self-contained page.", valueName: "file"))
  var output: String?

  @Flag(help: "Print the comparison as JSON instead of the table for people.")
  var json = false

  func validate() throws {
    guard sides.count + (baseline == nil ? 0 : 1) >= 2 else {
      throw ValidationError("a comparison needs two sides; give two runs, or --baseline and one run")
    }
    guard alpha > 0, alpha < 0.5 else { throw ValidationError("--alpha must be between 0 and 0.5, got \(alpha)") }
  }

  func run() throws {
    let all = ([baseline].compactMap(\.self) + sides)
    let readings = try all.map(Self.readings)
    let comparison = try RunComparison(
      baseline: readings[0], candidates: Array(readings.dropFirst()),
      ComparisonOptions(alpha: alpha, margin: margin.value, isForced: force))
    if let output { try comparison.write(to: output) }
    let text = json ? comparison.json : comparison.terminal(isColoured: Console.isColoured)
    Console.print(text.trimmingNewline)
    if let output, !json { Console.print("\ncomparison: \(output)") }
    if comparison.exitCode != 0 { throw ExitCode(comparison.exitCode) }
  }

  private static func readings(_ side: String) throws -> [RunReading] {
    let names = side.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else {
      throw ValidationError("'\(side)' has an empty name; separate runs by single commas")
    }
    return try names.flatMap { try RunLocation().folders(of: $0) }.map { try RunReading(folder: $0) }
  }
}

/// A share given as `5%` or as `0.05`.
struct Share: ExpressibleByArgument {
  let value: Double

  init(_ value: Double) { self.value = value }

  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument), number.isFinite, number >= 0 else {
      return nil
    }
    value = isPercent ? number / 100 : number
    guard value < 10 else { return nil }
  }

  var defaultValueDescription: String { "\(value * 100)%" }
}
