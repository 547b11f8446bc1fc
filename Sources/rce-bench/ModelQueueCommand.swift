import ArgumentParser
import CapacityPlanning
import Reporting

/// `rce-bench model queue`: waiting before equal servers.
struct ModelQueueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "How long jobs wait before equal servers: Erlang B and C, M/M/c, G/G/c.",
    discussion: """
      With --ca2 and --cs2 (squared coefficients of variation of gaps and of service
      times, both 1 for M/M/c) the wait is scaled as Allen and Cunneen have it: exact
      for M/G/1, an approximation elsewhere. Where the servers cannot keep up there
      are no figures, and the exit code is 2.
      """)

  @Option(parsing: .unconditional, help: "Arrivals a second.")
  var rate: Double

  @Option(parsing: .unconditional, help: "Mean seconds of service.")
  var service: Double

  @Option(parsing: .unconditional, help: "Servers, for example environments that may run at once.")
  var servers: Int

  @Option(help: "Squared coefficient of variation of the gaps between arrivals; 1.44 in programming contests.")
  var ca2 = 1.0

  @Option(help: "Squared coefficient of variation of service times.")
  var cs2 = 1.0

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let figures = try QueueFigures(rate: rate, service: service, servers: servers, ca2: ca2, cs2: cs2)
    Console.print((json ? JSONText.sorted(figures) : CalculatorText.text(figures)).trimmingNewline)
  }
}
