import BarReporting
import FoundationEssentials
import StackControl

/// What following a job costs the generator, beyond its requests, in CPU and in memory.
func jobBars(jobs: Int) throws -> [Bar] {
  guard let platform = try NullPlatform(), let endless = try NullPlatform(neverDone: true) else {
    return missing("nginx", "nginx-light")
  }
  let plain = try HTTPLoadClient.all(platform.url + "/job-status/x").first?.microsecondsARequest() ?? .nan
  let busy = try reading(platform.url, ["--jobs", "\(jobs)", "--outputs"])
  let aJob = busy.loopSeconds / Double(busy.jobs) * 1e6
  let held = try reading(endless.url, ["--jobs", "50000", "--generator-rate", "5000"])
  return [
    Bar(
      name: "CPU of a submit-and-poll job beyond its two requests", figure: aJob - 2 * plain, bound: .atMost(50),
      unit: "us",
      facts: [.init("a job", aJob, "us"), .init("a plain request", plain, "us")],
      detail: "the loop's thread; \(busy.jobs) jobs, 50 in flight, one long poll each, records stored"),
    Bar(
      name: "jobs per core-second against a null target", figure: Double(busy.jobs) / busy.loopSeconds,
      bound: .atLeast(10_000), unit: "jobs",
      facts: [.init("achieved", Double(busy.jobs) / busy.seconds, "jobs/s")],
      detail: "\(busy.succeeded) of \(busy.jobs) succeeded; the server and the store are on the same machine"),
    Bar(
      name: "resident memory with 50,000 jobs in flight", figure: held.residentMegabytes, bound: .atMost(200),
      unit: "MB", facts: [.init("most in flight", Double(held.maximumInFlight))],
      detail: "VmHWM of the generator; 5,000 jobs/s for 10 s that never end"),
    Bar(
      name: "resident memory of one run of \(jobs) jobs", figure: busy.residentMegabytes, bound: .atMost(300),
      unit: "MB", detail: "VmHWM of the generator with its store; `--run-jobs 1000000` for a million"),
  ]
}

/// What records and progress change of the median of jobs of a server, in turn with a run without them.
func outputsBar(rounds: Int) throws -> [Bar] {
  guard let platform = try NullPlatform() else { return missing("nginx", "nginx-light") }
  var (with, without): ([Double], [Double]) = ([], [])
  for _ in 0..<rounds {
    without.append(try reading(platform.url, ["--jobs", "2000", "--in-flight", "1"]).medianMicroseconds)
    with.append(try reading(platform.url, ["--jobs", "2000", "--in-flight", "1", "--outputs"]).medianMicroseconds)
  }
  let (base, all) = (quantile(0.5, of: without), quantile(0.5, of: with))
  return [
    Bar(
      name: "what all outputs add to p50, of a job of 1 ms", figure: (all - base) / 1_000 * 100, bound: .atMost(2),
      unit: "%", facts: [.init("without", base, "us"), .init("with", all, "us")],
      detail: "store and progress on against off, one job in flight; medians of \(rounds) rounds in turn")
  ]
}

private func reading(_ url: String, _ arguments: [String]) throws -> GeneratorLoad.Reading {
  let run = try ChildRun(try ProgramLocation().own("performance-bars"), ["--generate", url] + arguments, core: 1)
  guard run.succeeded else { throw StackError(.failed, "the generator failed: \(run.output)") }
  return try JSONDecoder().decode(GeneratorLoad.Reading.self, from: Data(run.output.utf8))
}
