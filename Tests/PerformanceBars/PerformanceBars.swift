import ArgumentParser
import BarReporting
import Glibc
import StackControl

/// Measures the product's own bars with the release programs, and prints each figure with how it comes about.
@main
struct PerformanceBars: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "performance-bars",
    abstract: "Measure rce-bench's own bars; exits 1 where a figure is over its bar.",
    discussion: "Run it on a calm machine. Only release builds measure.")

  @Option(help: "Jobs for the platform's overhead.") var jobs = 100
  @Option(help: "Submissions to the API.") var submissions = 20_000
  @Option(help: "Keep-alive connections to the API.") var connections = 300
  @Option(help: "Jobs of the run that is stored and reported.") var storedJobs = 1_000_000
  @Option(help: "Jobs a second for the generator.") var rate = 1_000
  @Option(help: "Seconds for the generator.") var seconds = 20
  @Option(help: "Jobs for the generator's cost; a million shows that memory does not grow with them.")
  var runJobs = 100_000
  @Option(help: "Seconds of each window of a search; its runs last twice as long.") var window = 30
  @Option(help: "Rounds of comparisons with other clients.") var rounds = 3
  @Option(help: "Only bars whose name holds this text.") var only: String?
  @Flag(help: .hidden) var nullTarget = false
  @Option(help: .hidden) var transferLoad: String?
  @Option(help: .hidden) var requests = 100_000
  @Option(help: .hidden) var inFlight = 50
  @Option(help: .hidden) var generate: String?
  @Option(help: .hidden) var generatorRate: Int?
  @Flag(help: .hidden) var outputs = false

  func run() throws {
    #if DEBUG
      throw ValidationError("this is a debug build, whose figures mean nothing: build with `make build`")
    #else
      if nullTarget { return try serveNullTarget() }
      if let url = generate {
        let load = GeneratorLoad(
          url: url, jobs: jobs, inFlight: inFlight, rate: generatorRate, hasOutputs: outputs)
        return try load.run()
      }
      if let url = transferLoad { return try TransferLoad(url: url, requests: requests, inFlight: inFlight).run() }
      print("\(Machine.description); each figure is of this run\n")
      let groups: [(String, () throws -> [Bar])] = [
        ("executor", { [try executorStartBar(runs: 30)] }),
        ("platform", { try platformBars(jobs: jobs) }),
        ("api", { try apiBars(submissions: submissions, connections: connections) }),
        ("store", { try storeBars(jobs: storedJobs) + [hourBar()] }),
        ("generator", { try latenessBars(rate: rate, seconds: seconds) }),
        ("efficiency", { try requestBars(rounds: rounds) + jobBars(jobs: runJobs) + outputsBar(rounds: rounds) }),
      ]
      // A quarter of an hour each, so that they are measured only where somebody asks for them.
      let slow: [(String, () throws -> [Bar])] = [
        ("plan", { try planBars(seconds: window) }), ("stack", { try planStackBars(seconds: window) }),
      ]
      var all = true
      for (name, measure) in groups + (only == nil ? [] : slow) where only.map({ name.contains($0) }) ?? true {
        print(".build/release/performance-bars --only \(name)")
        for bar in try measure() {
          print("  \(bar.text)")
          all = all && bar.holds
        }
        fflush(nil)
      }
      if !all { throw ExitCode(1) }
    #endif
  }
}
