import BarReporting
import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import StackControl

/// What the two bootstraps cost as functions: their size, their start, and what they add to an invocation.
///
/// The Runtime API is this process. An invocation of rce-api is a browser's preflight, which asks no other service; one
/// of rce-executor is a job without any time, which is refused before a sandbox is made: the other rows measure that.
let bootstrapRow = Row("bootstrap", rounds: 40, bars: bootstraps.flatMap(\.bars)) { bench, rounds in
  try bootstraps.flatMap { try $0.measure(bench, rounds) }
}

private let bootstraps = [
  MeasuredBootstrap(
    program: "rce-executor", variables: ["RCE_EXECUTOR_TECHNIQUES": "none"], payload: nullJob,
    mark: #""errorType":"internal_error""#),
  MeasuredBootstrap(
    program: "rce-api", variables: functionVariables, payload: preflight, mark: #""statusCode":204"#),
]

/// Nothing of this is there; none of it is asked for by a preflight.
private let functionVariables = [
  "AWS_REGION": "us-east-1", "RCE_QUEUE_URL": "http://127.0.0.1:9/queue", "RCE_CODE_BUCKET": "bucket",
  "RCE_REDIS_URL": "redis://127.0.0.1:9", "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_ACCESS_KEY_ID": "none",
  "AWS_SECRET_ACCESS_KEY": "none", "RCE_API_CORS_ORIGIN": "https://example.org",
]

private func nullJob() throws -> [UInt8] {
  let request = ExecutionRequest(jobId: JobID(), code: "", language: .python, limits: ResourceLimits(wallTimeMs: 0))
  return [UInt8](try JSONEncoder().encode(request))
}

private func preflight() -> [UInt8] {
  Array(
    """
    {"version":"2.0","rawPath":"/execute","rawQueryString":"","isBase64Encoded":false,"headers":{"host":"a.example.org",
    "origin":"https://example.org","access-control-request-method":"POST"},
    "requestContext":{"http":{"method":"OPTIONS","path":"/execute"}}}
    """.utf8)
}

/// One program and how it is invoked.
private struct MeasuredBootstrap: Sendable {
  let program: String
  let variables: [String: String]
  let payload: @Sendable () throws -> [UInt8]
  /// What the right answer contains.
  let mark: String

  private var size: String { "\(program), stripped" }
  private var start: String { "\(program) from its start to its first `next`, p50" }
  private var addition: String { "what \(program) adds to an invocation, p50" }

  var bars: [(String, Bar.Bound, String)] {
    [(size, .under(20), "MB"), (start, .atMost(40), "ms"), (addition, .under(1.5), "ms")]
  }

  func measure(_ bench: Bench, _ rounds: Int) throws -> [Bar] {
    let bytes = try strippedSize(bench)
    let starts = try (0..<rounds).map { _ in
      let environment = try Environment(bench, program: program, variables: variables)
      defer { environment.stop() }
      return try environment.timeToFirstNext()
    }
    let added = try invocations(bench, count: rounds * 10)
    return [
      Bar(
        name: size, figure: Double(bytes) / 1e6, bound: .under(20), unit: "MB", detail: "`strip` of the release program"
      ),
      bar(start, starts, .atMost(40), "fork of this process to the arrival of the request, each a new process"),
      bar(addition, added, .under(1.5), "hand-over to answer in one warm environment"),
    ]
  }

  private func bar(_ name: String, _ samples: [Double], _ bound: Bar.Bound, _ detail: String) -> Bar {
    let facts = [
      Bar.Fact("n", Double(samples.count)), Bar.Fact("min", samples.min() ?? .nan, "ms"),
      Bar.Fact("p95", quantile(0.95, of: samples), "ms"),
    ]
    return Bar(name: name, figure: quantile(0.5, of: samples), bound: bound, unit: "ms", facts: facts, detail: detail)
  }

  private func invocations(_ bench: Bench, count: Int) throws -> [Double] {
    let environment = try Environment(bench, program: program, variables: variables)
    defer { environment.stop() }
    try environment.waitUntilIdle()
    let samples = try (0..<count + 10).map { _ in
      let answer = try environment.call(try payload())
      let said = String(decoding: answer.body, as: UTF8.self)
      guard said.contains(mark) else { throw BenchError("\(program) answered \(said)") }
      return answer.milliseconds
    }
    // The first ones fill caches.
    return Array(samples.dropFirst(10))
  }

  private func strippedSize(_ bench: Bench) throws -> Int {
    let copy = try bench.makeFolder("stripped") + "/program"
    let strip = try ProgramLocation.system("strip", package: "binutils")
    let child = try ChildProcess(
      ProcessRequest(strip, ["-s", "-o", copy, try ProgramLocation().own(program)], environment: ["LANG=C.UTF-8"]))
    guard try child.wait().end == .exited(0) else { throw BenchError("strip could not read \(program)") }
    var status = stat()
    guard stat(copy, &status) == 0 else { throw SystemCallError("stat", copy) }
    return Int(status.st_size)
  }
}
