import FoundationEssentials
import HostSystem
import Testing

/// `rce-bench run --target aws` from the outputs to the report, against a server that behaves as a deployment does.
@Suite("rce-bench run --target aws", .serialized, .enabled(if: BuiltPrograms.exist, "needs `make build`"))
struct DeploymentRunTests {
  private let folder: TemporaryFolder
  private let server: DeploymentServer

  init() throws {
    folder = try TemporaryFolder()
    server = try DeploymentServer()
  }

  private func scenario(rate: Int = 40, more: String = "") throws -> String {
    try folder.write(
      "tiny.yaml",
      """
      version: 1
      name: tiny
      target: aws
      mix: [{ name: hello, language: python, code: "print('hello')", expect: { stdout: "hello" } }]
      arrivals:
        process: uniform
        phases: [{ name: steady, kind: constant, rate: \(rate)/s, for: 1s }]
      assume: { e2e: 100ms, billed: 20ms, memory: 1769MiB }
      \(more)
      """)
  }

  private func run(
    _ scenario: String, _ more: [String] = [], on server: DeploymentServer? = nil, hasCredentials: Bool = true
  ) throws -> FinishedProgram {
    let server = server ?? self.server
    let outputs = try folder.write("outputs.json", server.outputs())
    let environment = server.environment.filter { hasCredentials || !$0.contains("KEY") }
    return try TestProgram.run(
      ["run", scenario, "--output", "\(folder.path)/runs", "--outputs", outputs] + more,
      environment: environment + ["HOME=\(folder.path)"])
  }

  private func onlyRun() throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/runs")
    return "\(folder.path)/runs/\(try #require(names.first))"
  }

  @Test("takes billed time and cold starts from REPORT lines, and asks again for the one that is late")
  func measured() throws {
    let end = try run(scenario(), ["--logs-wait", "10"])
    #expect(end.end == .exited(0) || end.end == .exited(5), "\(end.said)")
    #expect(end.output.contains("REPORT lines for 40 of 40 jobs; 1 waited for an initialisation"), "\(end.said)")
    #expect(end.errors.contains("Ceilings on AWS") && end.errors.contains("the account"), "\(end.said)")
    #expect(end.errors.contains("REPORT lines for 39 of 40 jobs; looking again"), "\(end.said)")
    let summary = try String(contentsOf: URL(filePath: "\(onlyRun())/summary.json"), encoding: .utf8)
    for text in [#""region" : "us-east-1""#, #""profile" : "lean""#, #""billedDiffers" : 40"#, #""found" : 40"#] {
      #expect(summary.contains(text), "\(text) in \(summary)")
    }
    #expect(!summary.contains("not-a-real-secret"))
    try reconcile()
  }

  private func reconcile() throws {
    let now = Date().formatted(.iso8601)
    let bill = try folder.write(
      "bill.csv",
      """
      line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,\
      line_item_usage_amount,line_item_unblended_cost
      \(now.prefix(10))T00:00:00Z,\(now.prefix(10))T23:59:59Z,AWSLambda,Request-ARM,120,0.000024

      """)
    let end = try TestProgram.run(["cost", "reconcile", onlyRun(), "--bill", bill])
    #expect(end.end == .exited(0) && end.output.contains("Lambda request"), "\(end.said)")
    let zipped = try TestProgram.run(["-k", bill], program: "/usr/bin/gzip")
    #expect(zipped.end == .exited(0), "\(zipped.said)")
    let json = try TestProgram.run(["cost", "reconcile", onlyRun(), "--bill", "\(bill).gz", "--json"])
    #expect(json.end == .exited(0) && json.output.contains(#""billedQuantity" : 120"#), "\(json.said)")
  }

  @Test("is refused without credentials before anything is sent, unless the log is to be left alone")
  func credentials() throws {
    let refused = try run(scenario(), hasCredentials: false)
    #expect(refused.end == .exited(2) && refused.errors.contains("no AWS credentials"), "\(refused.said)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/runs"))
    let run = try run(scenario(), ["--no-logs"], hasCredentials: false)
    #expect(run.output.contains("REPORT lines for 0 of 40 jobs"), "\(run.said)")
    let later = try TestProgram.run(
      ["report", onlyRun(), "--read-logs", "--logs-wait", "10"], environment: server.environment)
    #expect(later.output.contains("REPORT lines for 40 of 40 jobs"), "\(later.said)")
  }

  @Test("is refused where the plan needs more than the account or the deployment allows, unless told to")
  func quotas() throws {
    let small = try DeploymentServer(concurrency: 2)
    let refused = try run(scenario(), on: small)
    #expect(refused.end == .exited(2), "\(refused.said)")
    #expect(refused.errors.contains("executors and dispatchers at once of 2 (the account)"), "\(refused.said)")
    #expect(refused.errors.contains("--beyond-quotas"))
    let run = try run(scenario(), ["--beyond-quotas", "--logs-wait", "10"], on: small)
    #expect(run.output.contains("40 succeeded"), "\(run.said)")
    let plan = try self.run(scenario(rate: 500), ["--dry-run"])
    #expect(plan.end == .exited(0) && plan.output.contains("TOO MUCH"), "\(plan.said)")
  }

  @Test("is refused where the prediction is above max_cost, and stopped where the cost reaches it")
  func cost() throws {
    let path = try scenario(more: "limits: { max_cost: $0.0003 }")
    let refused = try run(path)
    #expect(refused.end == .exited(2) && refused.errors.contains("max_cost"), "\(refused.said)")
    let stopped = try run(path, ["--ignore-predicted-cost", "--no-logs"])
    #expect(stopped.end == .exited(7) && stopped.output.contains("stopped by max_cost"), "\(stopped.said)")
  }
}
