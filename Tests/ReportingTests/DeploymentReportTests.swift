import FoundationEssentials
import Jobs
import Pricing
import Reporting
import RunRecords
import Scenarios
import TestServices
import Testing

@Suite("A run on AWS, reported")
struct DeploymentReportTests {
  private static let deployment = DeploymentInfo(
    name: "rce-dev", region: "us-east-1", environment: "dev", profile: "lean", architecture: "arm64", gateway: "http",
    memoryMB: ["api": 256, "dispatcher": 256, "executor": 1_769],
    logGroups: ["api": "/api", "dispatcher": "/dispatcher", "executor": "/executor"])

  private static func reading(found: Int? = 34) -> RunReading {
    var reading = SyntheticRun.smoke()
    reading.info.deployment = deployment
    reading.info.target = "https://abc.execute-api.us-east-1.amazonaws.com/live"
    guard let found else { return reading }
    var log = PlatformLog()
    (log.jobs, log.found, log.cold, log.ahead, log.billedDiffers, log.billedDifferenceMs) = (34, found, 4, 2, 3, 12)
    log.functions = [
      .init(name: "api", invocations: 100, billedMs: 1_500, billedMBms: 1_500 * 256, initialised: 1),
      .init(name: "dispatcher", invocations: 20, billedMs: 9_000, billedMBms: 9_000 * 256, initialised: 2),
      .init(name: "executor", invocations: 34, billedMs: 8_000, billedMBms: 8_000 * 1_769, initialised: 6),
    ]
    log.scannedBytes = 20_000
    reading.info.platformLog = log
    return reading
  }

  @Test("states how many jobs have their line, and what the lines say")
  func coverage() {
    let text = RunReport(Self.reading()).terminal()
    #expect(text.contains("REPORT lines for 34 of 34 jobs; 4 waited for an initialisation, 2 found one"), "\(text)")
    #expect(text.contains("on AWS") && !text.contains("as if on AWS"))
    let page = RunReport(Self.reading()).html
    #expect(page.contains("The deployment on AWS") && page.contains("the results declared other billed times"))
    #expect(page.contains("dispatcher 256 MB") && !page.contains("How many environments served them is not known"))
  }

  @Test("prints no number of environments where lines are missing, and says what is missing")
  func gaps() {
    let page = RunReport(Self.reading(found: 30)).html
    #expect(page.contains("How many environments served them is not known"))
    #expect(page.contains("REPORT lines for 30 of 34 jobs") && page.contains("--read-logs"))
    #expect(RunReport(Self.reading(found: nil)).html.contains("The log of the deployment was not read"))
  }

  @Test("prices the dispatcher by the log's sums, and without them as if every job had had one of its own")
  func dispatcher() throws {
    func dollars(_ found: Int?) throws -> Decimal {
      let parts = try #require(RunReport(Self.reading(found: found)).figures.cost.all.partsPerExecution)
      return try #require(parts.first { $0.part == .dispatcher }?.dollars)
    }
    let jobs = RunReport(Self.reading()).figures.cost.all
    let milliseconds = jobs.gigabyteSeconds * 1_024_000 / 512 / Decimal(jobs.executions)
    let (second, request) = (try #require(Decimal(string: "0.0000133334")), try #require(Decimal(string: "0.0000002")))
    let whole = milliseconds * 256 / 1_024_000 * second
    // 9,000 of the dispatcher's milliseconds for 8,000 of executors, and 20 of its invocations for 34.
    #expect(abs(try dollars(34) - (whole * 9 / 8 + request * 20 / 34)) < request / 1_000_000)
    #expect(abs(try dollars(nil) - (whole + request)) < request / 1_000_000)
    #expect(RunReport(Self.reading()).html.contains("each millisecond of an executor: 1.13 ms"))
    #expect(RunReport(Self.reading(found: nil)).html.contains("as if it had had a dispatcher of its own"))
  }

  @Test("prices jobs on the deployment's architecture and behind its gateway")
  func prices() {
    let arm = RunReport(Self.reading()).figures.cost.all
    var reading = Self.reading()
    reading.info.deployment?.architecture = "x86_64"
    let x86 = RunReport(reading).figures.cost.all
    #expect(arm.architecture == .arm && x86.architecture == .x86 && arm.total < x86.total)
    reading.info.deployment?.gateway = "rest"
    #expect(RunReport(reading).figures.cost.all.total > x86.total)
  }

  @Test("writes a summary that its schema takes", .enabled(if: SchemaCheck.isInstalled, "no python3-jsonschema"))
  func schema() throws {
    let documents = [Self.reading(), Self.reading(found: nil)].map { ("summary.json", RunReport($0).json) }
    #expect(try SchemaCheck.results(SummarySchema.text, documents) == ["ok", "ok"])
  }

  @Test("is laid beside its bill, measured lines first")
  func reconciliation() throws {
    let day = "2026-11-24"
    let head = "line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,"
    let rows = ["Lambda-GB-Second-ARM,16.444,0.0002193", "Request-ARM,154,0.0000308"].map {
      "\(day)T00:00:00Z,\(day)T23:59:59Z,AWSLambda,\($0)"
    }
    let text = ([head + "line_item_usage_amount,line_item_unblended_cost"] + rows).joined(separator: "\n")
    let reading = Self.reading()
    #expect(CivilTime(millisecondsSince1970: reading.info.startedAt).description.hasPrefix(day))
    let report = try ReconciliationReport(reading, BillFile(Array(text.utf8), name: "bill.csv"))
    #expect(report.text.contains("Lambda compute, arm") && report.text.contains("measured"), "\(report.text)")
    #expect(report.text.contains("Predicted and not on the bill"))
    #expect(report.json.contains(#""item" : "lambda.gb_second.arm""#))
    #expect(throws: PricingError.self) {
      try ReconciliationReport(SyntheticRun.smoke(), BillFile(Array(text.utf8), name: "bill.csv"))
    }
  }

  private static func forecast(_ load: PhaseLoad, isAssumed: Bool = true) -> PlanForecast {
    let mix = [MixEntry(name: "hello", submission: Submission(code: "print(1)", language: .python))]
    let phase = Phase(name: "steady", load: load, selection: .shares([.init(entry: 0, weight: 1)]))
    let plan = Plan(Scenario(name: "test", mix: mix, process: .uniform, phases: [phase]))
    return PlanForecast(plan, isAssumed ? PlanModel(Assumptions(endToEnd: .seconds(2))) : nil)
  }

  private static let limits = PlatformLimits(accountConcurrency: 1_000, throttleRate: 400, throttleBurst: 400)

  @Test(
    "a plan is laid beside what AWS allows",
    arguments: [
      (PhaseLoad.constant(rate: 5, for: .seconds(10)), ""),
      (.constant(rate: 600, for: .seconds(10)), "executors and dispatchers"),
      (.constant(rate: 250, for: .seconds(10)), "API calls a second"),
      (.burst(count: 500, every: .zero, times: 1, for: .seconds(60)), "API calls at one instant"),
    ])
  func ceilings(load: PhaseLoad, exceeded: String) {
    let ceilings = PlanCeilings(Self.forecast(load), Self.limits)
    #expect(exceeded.isEmpty ? ceilings.exceeded == nil : ceilings.exceeded?.contains(exceeded) == true)
    #expect(ceilings.text.contains("TOO MUCH") == !exceeded.isEmpty, "\(ceilings.text)")
  }

  @Test("what a plan needs at least is enough to refuse it, and what nobody knows refuses nothing")
  func unknown() {
    let slow = PlanCeilings(Self.forecast(.constant(rate: 50, for: .seconds(10)), isAssumed: false), Self.limits)
    #expect(slow.exceeded == nil && slow.text.contains("unknown") && slow.text.contains("at least 100"))
    let fast = PlanCeilings(Self.forecast(.constant(rate: 250, for: .seconds(10)), isAssumed: false), Self.limits)
    #expect(fast.exceeded?.contains("API calls a second") == true)
  }

  @Test("an account that could not be asked counts with what AWS gives by default, and the text says so")
  func notAsked() {
    var limits = PlatformLimits()
    limits.notAsked = "no AWS credentials"
    let text = PlanCeilings(Self.forecast(.constant(rate: 5, for: .seconds(10))), limits).text
    #expect(text.contains("1,000") && text.contains("the account was not asked: no AWS credentials"))
  }
}
