import BarReporting
import StackControl

/// CPU of one plain keep-alive request, 50 in flight on one core, beside what other clients need for the same.
///
/// All of them ask the same server in turn, several rounds, so that noise meets each alike; the bars are on medians.
func requestBars(rounds: Int) throws -> [Bar] {
  guard let platform = try NullPlatform() else { return missing("nginx", "nginx-light") }
  let url = platform.url + "/job-status/x"
  var cost: [String: [Double]] = [:]
  for _ in 0..<rounds {
    for client in HTTPLoadClient.all(url) {
      if let microseconds = try client.microsecondsARequest() { cost[client.name, default: []].append(microseconds) }
    }
  }
  let medians = cost.mapValues { quantile(0.5, of: $0) }
  let own = medians["rce-bench"] ?? .nan
  let facts = HTTPLoadClient.all(url).compactMap { client in
    medians[client.name].map { Bar.Fact(client.name, $0, "us") }
  }
  func bar(_ peer: String, _ most: Double) -> Bar {
    Bar(
      name: "CPU per plain request, times \(peer)'s", figure: medians[peer].map { own / $0 }, bound: .atMost(most),
      unit: "", facts: facts,
      detail: medians[peer] == nil
        ? "\(peer) is not installed: apt-get install \(peer)"
        : "user and system time of the process; 50 in flight, one core, nginx on another; median of \(rounds) rounds")
  }
  return [bar("hey", 0.7), bar("wrk", 3)]
}

/// Bars that cannot be measured here, and why.
func missing(_ program: String, _ package: String) -> [Bar] {
  [
    Bar(
      name: "CPU per request and per job", figure: nil, bound: .atMost(0), unit: "",
      detail: "\(program) is not installed: apt-get install \(package)")
  ]
}

/// A program that sends plain requests as fast as they are answered.
struct HTTPLoadClient {
  let name: String
  private let path: String?
  private let arguments: [String]
  private let requests: Int?

  private static let requests = 60_000

  /// rce-bench's own transfer loop and its peers.
  static func all(_ url: String) -> [Self] {
    let own = try? ProgramLocation().own("performance-bars")
    let count = "\(requests)"
    return [
      Self(
        name: "rce-bench", path: own, arguments: ["--transfer-load", url, "--requests", count], requests: requests),
      Self(
        name: "hey", path: ChildRun.find("hey"), arguments: ["-n", count, "-c", "50", "-cpus", "1", url],
        requests: requests),
      Self(name: "wrk", path: ChildRun.find("wrk"), arguments: ["-t1", "-c50", "-d2s", url], requests: nil),
      Self(
        name: "h2load", path: ChildRun.find("h2load"),
        arguments: ["--h1", "-n", count, "-c", "50", "-t", "1", url], requests: requests),
    ]
  }

  /// CPU of a run by the number of its requests; nil where the program is not installed.
  func microsecondsARequest() throws -> Double? {
    guard let path else { return nil }
    let run = try ChildRun(path, arguments, core: 1)
    guard run.succeeded, let requests = requests ?? Self.count(in: run.output) else {
      throw StackError(.failed, "\(name) failed: \(run.output.suffix(400))")
    }
    return run.cpuSeconds / Double(requests) * 1e6
  }

  /// wrk's `179572 requests in 4.04s, 43.1MB read`.
  private static func count(in output: String) -> Int? {
    output.split(separator: "\n").first { $0.contains(" requests in ") }?.split(separator: " ").first.flatMap {
      Int($0)
    }
  }
}
