import BarReporting
import FoundationEssentials
import HostSystem
import StackControl

/// `rce-bench plan` on five runs beside `rce-bench capacity` on the same platform, both with the released program.
struct PlanAgainstSearch {
  let url: String
  /// Jobs a second that the search begins with, and that it never passes.
  let range: (from: Double, to: Double)
  /// Milliseconds that p95 may reach.
  let limit: Int
  /// Seconds of each window.
  let seconds: Int
  let program: String

  /// What both found, in jobs a second.
  struct Finding {
    var searched: Double
    var planned: Double
    /// How the plan found it.
    var method: String
    /// Rates of the five runs.
    var rates: [Double]
  }

  private struct Search: Decodable {
    var lastPass: Double?
    var isConfirmed: Bool
  }

  private struct Plan: Decodable {
    struct Capacity: Decodable {
      var rate: Double
      var method: String
    }
    var capacity: Capacity?
  }

  func finding() throws -> Finding {
    let folder = try StackFolder.temporary()
    defer { folder.remove() }
    let scenario = "\(folder.path)/queue.yaml"
    try text.write(toFile: scenario, atomically: true, encoding: .utf8)
    let search: Search = try read([
      "capacity", scenario, "--target", url, "--from", "\(range.from)/s", "--to", "\(range.to)/s", "--each",
      "\(seconds)s", "--warm-up", "3s", "--slo", slo, "--output", "\(folder.path)/search", "--plain", "--json",
    ])
    guard let searched = search.lastPass else { throw StackError(.failed, "the search found no rate that holds") }
    // Rates that somebody would try who knows about where the limit is, and one that is too high.
    let rates = [0.35, 0.6, 0.8, 0.92, 1.6].map { ($0 * searched * 10).rounded() / 10 }
    for rate in rates {
      _ = try ChildRun(
        program,
        [
          "run", scenario, "--target", url, "--set", "arrivals.phases[window].rate=\(rate)/s", "--output",
          "\(folder.path)/runs", "--plain",
        ])
    }
    let plan: Plan = try read([
      "plan", "\(folder.path)/runs", "--demand", "1M/month", "--slo", slo, "--json",
    ])
    guard let capacity = plan.capacity else { throw StackError(.failed, "the plan found no rate that holds") }
    return Finding(searched: searched, planned: capacity.rate, method: capacity.method, rates: rates)
  }

  private var slo: String { "p95(e2e) < \(limit)ms" }

  private func read<Value: Decodable>(_ arguments: [String]) throws -> Value {
    let run = try ChildRun(program, arguments)
    do { return try JSONDecoder().decode(Value.self, from: Data(run.output.utf8)) } catch {
      throw StackError(.failed, "rce-bench \(arguments.joined(separator: " ")) said: \(run.output)")
    }
  }

  private var text: String {
    """
    version: 1
    name: queue
    mix: [{ name: one, language: python, code: "print('done')", expect: { stdout: "done" } }]
    arrivals:
      process: poisson
      phases:
        - { name: warm-up, kind: constant, rate: 2/s, for: 3s, record: false }
        - { name: window, kind: constant, rate: 2/s, for: \(2 * seconds)s }
    limits: { job_deadline: 120s, drain: 120s }
    polling: { policy: proportional }
    """
  }
}

/// The bar that a plan of five runs is worth a search, against a queue of which theory knows the truth.
func planBars(seconds: Int) throws -> [Bar] {
  let platform = try QueuePlatform(servers: 8, service: 0.1)
  let truth = platform.capacity(limit: 1)
  let comparison = PlanAgainstSearch(
    url: platform.url, range: (10, 320), limit: 1_000, seconds: seconds, program: try ProgramLocation().own("rce-bench")
  )
  let found = try comparison.finding()
  let detail = "\(platform.servers) servers of \(platform.service) s, p95 within 1 s"
  return [bar(found, detail)] + [
    Bar(
      name: "plan against the truth", figure: 100 * abs(found.planned / truth - 1), bound: .atMost(10), unit: "%",
      facts: [.init("planned", found.planned, "/s"), .init("true", truth, "/s")], detail: detail),
    Bar(
      name: "search against the truth", figure: 100 * abs(found.searched / truth - 1), bound: .atMost(10), unit: "%",
      facts: [.init("searched", found.searched, "/s"), .init("true", truth, "/s")], detail: detail),
  ]
}

/// The same bar against a local stack, whose truth nobody knows.
func planStackBars(seconds: Int) throws -> [Bar] {
  let folder = try StackFolder.temporary()
  defer { try? folder.purge() }
  var configuration = StackConfiguration(directory: folder.path)
  configuration.concurrency = 2
  let stack = try LocalStack(configuration)
  defer { stack.stop() }
  guard let url = stack.state?.url else { throw StackError(.failed, "no API") }
  let comparison = PlanAgainstSearch(
    url: url, range: (2, 200), limit: 1_000, seconds: seconds, program: try ProgramLocation().own("rce-bench"))
  return [bar(try comparison.finding(), "a local stack with two environments, `print('done')`, p95 within 1 s")]
}

private func bar(_ found: PlanAgainstSearch.Finding, _ detail: String) -> Bar {
  Bar(
    name: "plan of five runs against a search", figure: 100 * abs(found.planned / found.searched - 1),
    bound: .atMost(10), unit: "%",
    facts: [.init("planned", found.planned, "/s"), .init("searched", found.searched, "/s")],
    detail: "\(detail); runs at \(found.rates.map { "\($0)" }.joined(separator: ", "))/s, found by \(found.method)")
}
