import ArgumentParser
import CapacityPlanning
import FoundationEssentials
import Reporting
import Statistics

/// `rce-bench model usl`: fits the universal scalability law.
struct ModelUSLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "usl", abstract: "Fit the universal scalability law to measured load levels.",
    discussion: """
      Reads CSV with the header concurrency,throughput, one measured level a line,
      at six different concurrencies or more; repeats of a level are welcome.

        X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1))

      sigma and kappa are at least 0. Intervals hold with 95 % confidence. A peak is
      claimed only where the interval of kappa does not touch 0.
      """)

  @Argument(help: "The CSV file.")
  var file: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let text: String
    do { text = try String(contentsOf: URL(filePath: file), encoding: .utf8) } catch {
      throw PlanningRefusal(
        "cannot read \(file)", hint: "give a CSV file with the header concurrency,throughput")
    }
    let figures = try ScalabilityFigures(LoadLevels(csv: text, name: file))
    Console.print((json ? JSONText.sorted(figures) : CalculatorText.text(figures)).trimmingNewline)
  }
}
