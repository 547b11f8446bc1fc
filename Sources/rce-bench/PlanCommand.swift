import ArgumentParser
import CapacityPlanning
import Foundation
import Pricing
import Reporting
import RunRecords

/// `rce-bench plan`: what stored runs say about capacity, against a demand.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Plan capacity from stored runs: the rate that holds, headroom, environments, dollars.",
    discussion: """
      Takes runs of one scenario at several rates, such as those of `rce-bench
      capacity`: each recorded phase of constant rate is a level of load. A level that
      fails gives the bracket and the ceiling; without one the answer is "at least".

        rce-bench plan reports/runs --demand 5M/month --peak 9x --slo 'p95(e2e) < 3s'
        rce-bench plan RUN RUN RUN --demand 300k/month --peak 15x --output plan.html

      Costs are of AWS at list price with the measured billed time and memory.
      """)

  @Argument(
    help: ArgumentHelp(
      "Runs: folders, the beginnings of ids below reports/runs, or a folder of runs.", valueName: "run"))
  var runs: [String] = []

  @Option(parsing: .unconditional, help: "Jobs that are expected: 5M/month, 200/day, 1.5/s.")
  var demand: String

  @Option(parsing: .unconditional, help: "The peak rate over the mean rate; 9 is the median of programming contests.")
  var peak = "9x"

  @Option(
    help: ArgumentHelp("A condition that the platform must meet; may be given several times.", valueName: "condition"))
  var slo: [String] = []

  @Option(parsing: .unconditional, help: "Jobs a month that money is counted for, instead of the demand.")
  var volume: String?

  @Option(help: "Environments that may run at once, where the runs do not show it.")
  var environments: Int?

  @Option(help: ArgumentHelp("Write the plan as a self-contained page.", valueName: "file"))
  var output: String?

  @Flag(help: "Print the plan as JSON.")
  var json = false

  func validate() throws {
    guard !runs.isEmpty else {
      throw ValidationError("a plan needs runs; name runs of one scenario at several rates, or a folder of them")
    }
    guard environments ?? 1 > 0 else { throw ValidationError("--environments must be above 0") }
  }

  func run() throws {
    let demand = try Demand(perMonth: Self.perMonth(demand), peak: Demand.peak(peak))
    let volume = try volume.map(Self.perMonth)
    let objective = try ServiceObjective(slo.isEmpty ? ServiceObjective.standard : slo)
    let folders = try runs.flatMap { try RunLocation().folders(of: $0) }
    let readings = try NSOrderedSet(array: folders).compactMap { $0 as? String }.map { try RunReading(folder: $0) }
    let plan = try CapacityPlan(
      readings, objective, demand, volume: volume, environments: environments)
    if let output { try plan.write(to: output) }
    Console.print((json ? plan.json : plan.text).trimmingNewline)
    if let output, !json { Console.print("\nplan: \(output)") }
  }

  private static func perMonth(_ text: String) throws -> Double {
    NSDecimalNumber(decimal: try ExecutionVolume.perMonth(text)).doubleValue
  }
}
