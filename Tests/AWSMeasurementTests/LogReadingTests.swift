import AWSMeasurement
import AWSServices
import HostSystem
import Jobs
import LambdaHost
import RunRecords
import Testing

@Suite("Reading the log of a deployment")
struct LogReadingTests {
  private static let group = "/aws/lambda/rce-dev-executor"
  /// 2026-11-27 12:00:00 UTC, in seconds.
  private static let noon: Int64 = 1_795_780_800
  private static let deployment = DeploymentInfo(
    name: "rce-dev", region: "us-east-1", environment: "dev", profile: "lean", architecture: "arm64", gateway: "http",
    memoryMB: ["api": 256, "dispatcher": 256, "executor": 1_769], logGroups: ["executor": group])

  private static func insights(_ server: LogsServer, rowLimit: Int = LogsInsights.rowLimit) throws -> LogsInsights {
    let environment = ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-a-real-secret"]
    let client = AWSClient(
      service: "logs", region: "us-east-1", credentials: AWSCredentialSource(environment: environment))
    return LogsInsights(
      client, try #require(AWSEndpoint(server.url)), pace: .init(firstLook: 1), rowLimit: rowLimit)
  }

  /// A job that its result calls warm, billed 10 ms, handed over `second` seconds after noon and done `busy` ms later.
  private static func job(_ index: Int, second: Int64 = 0, busyMs: Int64 = 10, cold: Bool = false) -> JobRecord {
    var job = JobRecord(
      index: index, phase: "steady", recorded: true, entry: "hello", language: .python, outcome: .succeeded,
      t0: Int64(index) * 1_000_000, endedAt: 2_000_000_000)
    job.jobId = "job-\(index)"
    var timings = JobTimings()
    timings.s2 = (noon + second) * 1_000_000
    timings.s3 = timings.s2
    timings.s5 = timings.s2.map { $0 + busyMs * 1_000 }
    timings.environmentId = "request-\(index)"
    (timings.coldStart, timings.billedMs, timings.memoryMB) = (cold, 10, 1_769)
    job.timings = timings
    return job
  }

  private static func line(
    _ index: Int, at milliseconds: Int64 = 0, billed: Int = 10, initMs: Double? = nil, visibleFrom: Int = 1,
    stream: String = "env"
  ) -> LogsServer.Event {
    // Written as the local host of environments writes it.
    let report = InvocationReport(
      requestId: "request-\(index)", duration: Int64(billed) * 1_000_000 - Int64((initMs ?? 0) * 1e6),
      initDuration: initMs.map { Int64($0 * 1e6) }, memoryMB: 1_769, maxMemoryUsedMB: 90)
    return LogsServer.Event(
      group: group, stream: stream, at: noon * 1_000 + milliseconds, message: report.line + "\n",
      visibleFrom: visibleFrom)
  }

  private static func read(
    _ server: LogsServer, _ jobs: [JobRecord], pauses: [Int] = [1, 1, 1], rowLimit: Int = LogsInsights.rowLimit
  ) throws -> (InvocationMatch, PlatformLog) {
    LogReading(try insights(server, rowLimit: rowLimit), deployment, pauses: pauses)
      .read(
        InvocationMatch(JobRecords(jobs), memoryMB: 1_769), from: noon * 1_000, to: (noon + 60) * 1_000)
  }

  @Test("every line is found and beside its job, in signed calls")
  func complete() throws {
    let server = try LogsServer((0..<20).map { Self.line($0, billed: 10 + $0) })
    let (match, log) = try Self.read(server, (0..<20).map { Self.job($0) })
    #expect(log.found == 20 && log.jobs == 20 && log.isComplete && log.problem == nil)
    #expect(match.invocations.map { $0.report?.billedMs } == (0..<20).map { 10 + $0 })
    #expect(log.billedDiffers == 19 && log.billedDifferenceMs == 190 && log.memoryDiffers == 0)
    #expect(server.state.withLock { $0.unsigned } == 0 && log.scannedBytes > 0)
    let executor = try #require(log.functions.first)
    #expect(executor.invocations == 20 && executor.billedMs == 390 && executor.billedMBms == 390 * 1_769)
  }

  @Test("lines that come late are asked for again, and only the stretch that they were written in")
  func late() throws {
    let server = try LogsServer([
      Self.line(0), Self.line(1, at: 30_000, visibleFrom: 2), Self.line(2, at: 31_000, visibleFrom: 3),
    ])
    let (_, log) = try Self.read(server, [Self.job(0), Self.job(1, second: 30), Self.job(2, second: 31)])
    #expect(log.found == 3 && log.problem == nil)
    let stretches = server.state.withLock { $0.stretches }
    #expect(stretches.count == 4 && stretches[1].lowerBound > stretches[0].lowerBound)
  }

  @Test("a line that never comes is missing, and the coverage says so")
  func missing() throws {
    let server = try LogsServer([Self.line(0)])
    var unnamed = Self.job(2)
    unnamed.timings?.environmentId = nil
    let (match, log) = try Self.read(server, [Self.job(0), Self.job(1), unnamed])
    #expect(log.found == 1 && log.jobs == 2 && log.unnamed == 1 && !log.isComplete)
    #expect(log.problem?.contains("1 jobs") == true && match.missing == 1)
  }

  @Test("more rows than a query gives are asked for in slices of time", arguments: [7, 50, 100])
  func slices(limit: Int) throws {
    let server = try LogsServer((0..<300).map { Self.line($0, at: Int64($0) * 190) })
    server.state.withLock { $0.limit = limit }
    let (_, log) = try Self.read(
      server, (0..<300).map { Self.job($0, second: Int64($0) * 190 / 1_000) }, rowLimit: limit)
    #expect(log.found == 300)
  }

  @Test("a second with more rows than a query gives leaves a gap that is told, and ends")
  func crowdedSecond() throws {
    let server = try LogsServer((0..<30).map { Self.line($0) })
    server.state.withLock { $0.limit = 10 }
    let (_, log) = try Self.read(server, (0..<30).map { Self.job($0) }, pauses: [1], rowLimit: 10)
    #expect(log.found == 10 && log.problem != nil)
  }

  @Test("throttling is waited out")
  func throttling() throws {
    let server = try LogsServer([Self.line(0)])
    server.state.withLock { $0.throttled = 3 }
    #expect(try Self.read(server, [Self.job(0)]).1.found == 1)
  }

  @Test("a query that fails, a group that is not there and a service that is not there are told", arguments: [0, 1, 2])
  func troubles(kind: Int) throws {
    let server = try LogsServer(kind == 1 ? [] : [Self.line(0)])
    if kind == 0 { server.state.withLock { $0.ending = "Failed" } }
    if kind == 2 { server.state.withLock { $0.throttled = 1_000 } }
    let log = try Self.read(server, [Self.job(0)]).1
    let expected = ["ended as Failed", "there is no such group", "LimitExceededException"][kind]
    #expect(log.found == 0 && log.problem?.contains(expected) == true, "\(log.problem ?? "")")
  }

  @Test("jobs that waited are told from those whose environment was initialised ahead of need")
  func starts() throws {
    let start = LogsServer.Event(
      group: Self.group, stream: "ahead", at: Self.noon * 1_000 - 60_000,
      message: "INIT_START Runtime Version: provided:al2023.v1\tRuntime Version ARN: arn")
    let server = try LogsServer([
      start, Self.line(0), Self.line(1, billed: 310, initMs: 300, stream: "ahead"),
      Self.line(2, billed: 310, initMs: 300, stream: "cold"), Self.line(3, billed: 310, initMs: 300, stream: "quick"),
    ])
    let (match, log) = try Self.read(
      server,
      [
        Self.job(0, cold: true), Self.job(1, busyMs: 330, cold: true), Self.job(2, busyMs: 330, cold: true),
        Self.job(3, busyMs: 20, cold: true),
      ])
    #expect(match.invocations.map { $0.report?.start } == [.warm, .ahead, .cold, .ahead])
    #expect(log.cold == 1 && log.ahead == 2 && log.coldDiffers == 3)
  }

  @Test("a line that a program printed before its own REPORT line is not taken, nor one of another job")
  func forged() throws {
    let server = try LogsServer([
      Self.line(0, at: 1_000, billed: 1), Self.line(0, at: 1_010, billed: 99), Self.line(7, at: 1_020, billed: 5),
    ])
    let (match, _) = try Self.read(server, [Self.job(0)])
    #expect(match.invocations[0].report?.billedMs == 99)
  }

  @Test("lines of a function that logs JSON are read too")
  func json() throws {
    let message = """
      {"time":"2026-11-27T12:00:01.000Z","type":"platform.report","record":{"requestId":"request-0","metrics":\
      {"durationMs":9.5,"billedDurationMs":310,"memorySizeMB":1769,"maxMemoryUsedMB":70,"initDurationMs":300.1},\
      "status":"success"}}
      """
    let server = try LogsServer([
      .init(group: Self.group, stream: "env", at: Self.noon * 1_000 + 1_000, message: message)
    ])
    let (match, _) = try Self.read(server, [Self.job(0, busyMs: 320)])
    let report = try #require(match.invocations[0].report)
    #expect(report.billedMs == 310 && report.initMs == 300.1 && report.start == .cold && report.status == nil)
  }

  @Test("pauses double and add up", arguments: [(0, 0), (12, 12_000), (600, 600_000)])
  func pauses(seconds: Int, sum: Int) {
    #expect(LogReading.pauses(forSeconds: seconds).reduce(0, +) == sum)
  }

  @Test(
    "instants of Insights are read",
    arguments: [
      ("2026-11-27 12:00:00.123", 1_795_780_800_123), ("1970-01-01 00:00:00.000", 0),
      ("2024-02-29 23:59:59", 1_709_251_199_000),
    ])
  func instants(text: String, milliseconds: Int64) {
    #expect(LogTime.milliseconds(text) == milliseconds)
  }

  @Test("what is no instant is none", arguments: ["", "yesterday", "2026-13-01 00:00:00.000"])
  func noInstants(text: String) {
    #expect(LogTime.milliseconds(text) == nil)
  }
}
