import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import MicroHTTP
import Testing

/// A platform that is done with every job after a while and bills it by what a test says.
private func billedPlatform(billedMs: Int = 100) throws -> HTTPServer {
  try HTTPServer { request, exchange in
    if request.method == "POST" {
      let body = #"{"jobId": "\#(JobID())", "status": "queued", "message": "queued"}"#
      return exchange.answer(HTTPResponse(status: 202, contentType: "application/json", body: Array(body.utf8)))
    }
    let timings = #"{"billedMs": \#(billedMs), "memoryMB": 1024, "coldStart": false, "environmentId": "one"}"#
    let body = #"{"status": "completed", "result": "hi", "timestamp": 1640995200000, "timings": \#(timings)}"#
    exchange.answer(HTTPResponse(status: 200, contentType: "application/json", body: Array(body.utf8)))
  }
}

private func scenario(_ target: String, limits: String = "drain: 10s", search: String) -> String {
  """
  version: 1
  name: seek
  slo: 3s
  target: \(target)
  mix: [{ name: hello, language: python, code: "print('hi')", expect: { stdout: "hi" } }]
  arrivals:
    process: poisson
    phases: [{ name: search, kind: search, \(search) }]
  limits: { job_deadline: 30s, \(limits) }
  """
}

@Suite("rce-bench capacity and plan", .serialized, .enabled(if: BuiltPrograms.exist, "needs `make build`"))
struct CapacityCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private struct Result: Decodable {
    struct Step: Decodable {
      var rate: Double
      var run: String
      var passed: Bool
    }
    var isPartial: Bool
    var endReason: String?
    var dollars: Double?
    var lastPass: Double?
    var steps: [Step]
  }

  private func arguments(_ path: String, _ more: [String] = []) -> [String] {
    ["capacity", path, "--output", "\(folder.path)/runs", "--plain", "--json"] + more
  }

  private func result(_ end: FinishedProgram) throws -> Result {
    try JSONDecoder().decode(Result.self, from: Data(end.output.utf8))
  }

  /// Folders of runs with the page that each has.
  private func runs() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/runs").filter {
      access("\(folder.path)/runs/\($0)/report.html", R_OK) == 0
    }
  }

  @Test(
    "keeps what was measured when a signal ends the search", arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func interrupted(signal: Int32, code: Int32) throws {
    let server = try billedPlatform()
    let text = scenario("http://127.0.0.1:\(server.port)", search: "from: 20/s, to: 10000/s, warm_up: 0s, each: 5s")
    let program = try TestProgram(arguments(try folder.write("seek.yaml", text)))
    // The first step has a verdict, and the second goes on.
    let isUnderWay = eventually(within: 90) {
      let lines = program.text.errors.split(separator: "\n")
      guard let first = lines.firstIndex(where: { $0.hasPrefix("climb ") }) else { return nil as Bool? }
      return lines[first...].contains { $0.contains(" ok") } ? true : nil
    }
    #expect(isUnderWay == true)
    program.child.signal(signal)
    let end = try program.finish(within: 60)
    #expect(end.end == .exited(code), "\(end.said)")
    let result = try result(end)
    #expect(result.isPartial && result.endReason == "interrupted")
    let runs = try runs()
    for step in result.steps { #expect(runs.contains(step.run)) }
    // The step that was cut short is there too, and says that it is.
    // A step of a machine too busy to measure is stored, and is no step of the result.
    #expect(runs.count > result.steps.count && runs.count >= 2)
    let plan = try TestProgram.run(["plan", "\(folder.path)/runs", "--demand", "1M/month"])
    // On a machine too busy to measure no level is left, and that is said; the step that was cut short is named either way.
    #expect(plan.said.contains("interrupted"), "\(plan.said)")
  }

  @Test("holds max_cost over all steps together, and exits 7")
  func maximumCost() throws {
    let server = try billedPlatform(billedMs: 60_000)
    // A job is a cent of a cent and more: a step costs about a dime, and five of them half a dollar.
    let text = scenario(
      "http://127.0.0.1:\(server.port)", limits: "drain: 10s, max_cost: $0.5",
      search: "from: 20/s, to: 10000/s, warm_up: 0s, each: 5s")
    let end = try TestProgram.run(arguments(try folder.write("seek.yaml", text)), within: 300)
    #expect(end.end == .exited(7), "\(end.said)")
    let result = try result(end)
    #expect(result.isPartial && result.endReason == "max_cost" && result.lastPass != nil || result.steps.isEmpty)
    let dollars = try #require(result.dollars)
    // The generator counts jobs when they end, so that those under way come on top.
    #expect(dollars > 0.05 && dollars < 0.55, "\(dollars)")
  }

  @Test("refuses a first step that costs more than the limit by what the scenario assumes")
  func assumedCost() throws {
    let server = try billedPlatform()
    let text =
      scenario(
        "http://127.0.0.1:\(server.port)", limits: "max_cost: $0.0001",
        search: "from: 20/s, to: 100/s, warm_up: 0s, each: 5s") + "\nassume: { billed: 10s, memory: 1024MiB }\n"
    let end = try TestProgram.run(arguments(try folder.write("seek.yaml", text)))
    #expect(end.end == .exited(7), "\(end.said)")
    #expect(try result(end).steps.isEmpty)
  }

  @Test(
    "what makes no sense is refused with what is needed",
    arguments: [
      (["model", "queue", "--rate=-1", "--service", "1", "--servers", "2"], "above 0"),
      (["model", "queue", "--rate", "0", "--service", "1", "--servers", "2"], "above 0"),
      (["model", "queue", "--rate", "2", "--service", "1", "--servers", "2"], "unstable"),
      (["model", "queue", "--rate", "5", "--service", "1", "--servers", "2"], "6 servers or more"),
      (["model", "size", "--rate", "0", "--service", "1", "--wait-p99", "1"], "above 0"),
      (["model", "drain", "--jobs", "0", "--service", "1"], "more than 0 jobs"),
      (["model", "drain", "--jobs", "5", "--service", "1", "--fixed", "2", "--cap", "3"], "--fixed"),
      (["plan", "/nonexistent", "--demand", "5M/month"], "/nonexistent"),
      (["plan", "--demand", "5M/month"], "a plan needs runs"),
      (["plan", "x", "--demand", "0/month"], "above 0"), (["plan", "x", "--demand=-5/month"], "above 0"),
      (["plan", "x", "--demand", "5M/month", "--peak", "0.5x"], "at least the mean"),
      (["plan", "x", "--demand", "5M/month", "--volume", "0"], "above 0"),
      (["capacity", "scenarios/steady.yaml"], "--from 1/s --to 200/s"),
      (["capacity", "scenarios/steady.yaml", "--from", "0/s", "--to", "5/s"], "above 0"),
      (["capacity", "scenarios/steady.yaml", "--from=-1/s", "--to", "5/s"], "--from"),
      (["capacity", "scenarios/steady.yaml", "--from", "9/s", "--to", "5/s"], "no rates between"),
      (["capacity", "scenarios/smoke.yaml", "--from", "1/s", "--to", "5/s"], "process closed"),
      (["cost", "--region", "mars-1"], "us-east-1"), (["cost", "--executions", "0/month"], "above 0"),
      (["prices", "--filter", "lamda.request"], "lambda.request"),
    ])
  func refusals(arguments: [String], sentence: String) throws {
    let end = try TestProgram.run(arguments)
    #expect(end.end == .exited(2) && end.output.isEmpty, "\(arguments): \(end.said)")
    #expect(end.errors.contains(sentence), "\(arguments): \(end.said)")
    #expect(!end.errors.contains("inf") || end.errors.contains("info"), "\(end.said)")
  }

  @Test(
    "levels that determine no law are refused",
    arguments: ["1,1\n2,2\n3,3\n4,4\n5,5\n", "4,9\n4,9\n4,9\n4,9\n4,9\n4,9\n"])
  func levels(lines: String) throws {
    let path = try folder.write("levels.csv", "concurrency,throughput\n\(lines)")
    let end = try TestProgram.run(["model", "usl", path])
    #expect(end.end == .exited(2) && end.errors.contains("6 different concurrencies"), "\(end.said)")
  }

  @Test("runs of different scenarios, and runs without a level of constant rate, are refused")
  func runsOfPlan() throws {
    let server = try billedPlatform()
    func run(_ name: String, _ phase: String) throws -> FinishedProgram {
      let text = scenario("http://127.0.0.1:\(server.port)", search: "x").replacing("name: seek", with: "name: \(name)")
        .replacing("kind: search, x", with: phase)
      return try TestProgram.run(
        ["run", try folder.write("\(name).yaml", text), "--output", "\(folder.path)/\(name)", "--plain"])
    }
    for name in ["one", "two"] { _ = try run(name, "kind: constant, rate: 20/s, for: 2s") }
    _ = try run("steps", "kind: stairs, from: 10/s, to: 30/s, steps: 3, each: 1s")
    let mixed = try TestProgram.run(["plan", "\(folder.path)/one", "\(folder.path)/two", "--demand", "1M/month"])
    #expect(mixed.end == .exited(2) && mixed.errors.contains("different scenarios: one, two"), "\(mixed.said)")
    let stairs = try TestProgram.run(["plan", "\(folder.path)/steps", "--demand", "1M/month"])
    #expect(stairs.end == .exited(2) && stairs.errors.contains("kind stairs has no one rate"), "\(stairs.said)")
  }
}
