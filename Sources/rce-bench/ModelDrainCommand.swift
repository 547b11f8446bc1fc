import ArgumentParser
import CapacityPlanning
import Reporting

/// `rce-bench model drain`: how long a burst takes behind a queue.
struct ModelDrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drain", abstract: "How long a burst of jobs takes behind a queue.",
    discussion: """
      Of a queue's event source of Lambda: 5 environments at once and 300 more in a
      minute, to 1,250 or --cap (its MaximumConcurrency); with --pollers a provisioned
      one: ten for each poller and 1,000 more in a minute. --fixed is a platform whose
      environments are all there from the start, such as a local stack.

      The ramp is continuous and environments start in no time, so that the answer is
      the least that a platform needs.
      """)

  @Option(parsing: .unconditional, help: "Jobs that come at once.")
  var jobs: Double

  @Option(parsing: .unconditional, help: "Mean seconds of service.")
  var service: Double

  @Option(help: "The most environments at once.")
  var cap: Int?

  @Option(help: "Event pollers that are provisioned, at least 2.")
  var pollers: Int?

  @Option(help: "So many environments from the start, instead of an event source.")
  var fixed: Int?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard fixed == nil || (cap == nil && pollers == nil) else {
      throw ValidationError("--fixed goes with neither --cap nor --pollers: nothing rises")
    }
    guard (2...2_000).contains(pollers ?? 2) else { throw ValidationError("--pollers must be from 2 to 2000") }
    guard cap ?? 1 > 0, fixed ?? 1 > 0 else { throw ValidationError("--cap and --fixed must be above 0") }
  }

  func run() throws {
    let drain = try BurstDrain(jobs: jobs, service: service, ramp)
    Console.print((json ? JSONText.sorted(drain) : CalculatorText.text(drain)).trimmingNewline)
  }

  private var ramp: BurstDrain.Ramp {
    if let fixed { return .fixed(Double(fixed)) }
    if let pollers { return .provisioned(pollers: Double(pollers), cap: cap.map(Double.init) ?? 20_000) }
    return .standard(cap: cap.map(Double.init) ?? 1_250)
  }
}
