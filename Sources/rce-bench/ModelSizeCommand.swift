import ArgumentParser
import CapacityPlanning
import Reporting

/// `rce-bench model size`: how many servers keep the wait within a bound.
struct ModelSizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "size", abstract: "The fewest servers with which 99 % of jobs wait no longer than a bound.",
    discussion: """
      Exact for Poisson arrivals and exponential service; --ca2 and --cs2 scale the
      wait for others, as in `model queue`.
      """)

  @Option(parsing: .unconditional, help: "Arrivals a second.")
  var rate: Double

  @Option(parsing: .unconditional, help: "Mean seconds of service.")
  var service: Double

  @Option(
    name: .customLong("wait-p99"), parsing: .unconditional,
    help: "Seconds in the queue that 99 % of jobs may not exceed.")
  var waitP99: Double

  @Option(help: "Squared coefficient of variation of the gaps between arrivals.")
  var ca2 = 1.0

  @Option(help: "Squared coefficient of variation of service times.")
  var cs2 = 1.0

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let figures = try SizeFigures(rate: rate, service: service, waitP99: waitP99, ca2: ca2, cs2: cs2)
    Console.print((json ? JSONText.sorted(figures) : CalculatorText.text(figures)).trimmingNewline)
  }
}
