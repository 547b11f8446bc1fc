import ExecutionAPI
import FoundationEssentials
import JobBackends
import Jobs
import Redis
import TestServices
import Testing
import Yams

@Suite("openapi.yaml")
struct DescriptionTests {
  private let platform: TestPlatform
  private let description: Description

  init() throws {
    platform = try TestPlatform()
    description = try Description(try platform.send(.get("/openapi.yaml")).text)
  }

  @Test("is served as it stands in the repository")
  func embedded() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../stack")
    let file = try Data(contentsOf: folder.appending(path: "openapi.yaml"))
    let answer = try platform.send(.get("/openapi.yaml"))
    #expect(answer.body == [UInt8](file))
    #expect(answer.headers["content-type"] == "application/yaml")
  }

  @Test("describes every route and no other, with the methods that each takes")
  func routes() throws {
    let described = Dictionary(grouping: description.operations, by: \.path).mapValues { Set($0.map(\.method)) }
    #expect(Set(described.keys) == Set(Route.allCases.map(\.rawValue)))
    for (path, methods) in described {
      let answer = try platform.send(Ask(method: "OPTIONS", target: path.replacing("{jobId}", with: "1")))
      let allowed = Set(try #require(answer.headers["allow"]).split(separator: ", ").map(String.init))
      #expect(allowed == methods.union(methods.contains("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"]), "\(path)")
    }
  }

  @Test("describes every problem, every language and every cause of failure that there is")
  func enumerations() throws {
    func words(_ schema: String, _ property: String? = nil, key: String = "enum") throws -> Set<String> {
      let node = try #require(description.root["components"]?["schemas"]?[schema])
      let list = try #require((property.map { node["properties"]?[$0] } ?? node)?[key]?.sequence)
      return Set(list.compactMap(\.string))
    }
    #expect(try words("Problem", "type") == Set(Problem.Kind.allCases.map { "urn:rce:problem:\($0.rawValue)" }))
    #expect(try words("Language", key: "examples") == Set(LanguageTable.embedded.languages.map(\.name)))
    #expect(try words("JobState") == Set(JobState.allCases.map(\.rawValue)))
    #expect(try words("ErrorType") == Set(ErrorType.allCases.map(\.rawValue)))
    #expect(try words("StartKind") == Set(StartKind.allCases.map(\.rawValue)))
  }

  @Test("names the fields of a submission, those that must be there first")
  func submission() throws {
    let schema = try #require(description.root["components"]?["schemas"]?["Submission"])
    let unknown = try platform.send(.submit(#"{"code": "x", "language": "cpp", "?": 1}"#)).problem().detail
    for name in (schema["properties"]?.mapping ?? [:]).compactMap(\.key.string) {
      #expect(unknown.contains(name))
    }
    let missing = try platform.send(.submit("{}")).problem()
    let required = (schema["required"]?.sequence ?? []).compactMap(\.string)
    #expect(Set(missing.errors?.compactMap(\.pointer) ?? []) == Set(required.map { "/\($0)" }))
  }

  /// Statuses, media types, header fields and bodies of real answers, for everything that is described.
  @Test("agrees with what the server answers, and describes nothing that it never does")
  func answers() throws {
    var seen: Set<String> = []
    for (path, answer) in try allKindsOfAnswers() {
      let method = path == "/execute" ? "POST" : "GET"
      seen.insert("\(method) \(path) \(answer.status)")
      let node = description.answer(method, path, status: answer.status)
      check(answer, try #require(node, "\(path) \(answer.status)"), "\(method) \(path) \(answer.status)")
    }
    #expect(seen == description.answers)
  }

  private func check(_ answer: Answer, _ node: Node, _ name: String) {
    for (header, value) in node["headers"]?.mapping ?? [:] {
      let isRequired = description.resolve(value)["required"]?.bool == true
      let headerName = header.string?.lowercased() ?? ""
      #expect(!isRequired || answer.headers[headerName] != nil, "\(name): \(headerName)")
    }
    let type = String((answer.headers["content-type"] ?? "").prefix { $0 != ";" })
    guard let schema = node["content"]?[type]?["schema"] else {
      Issue.record("\(name): \(type) is not described")
      return
    }
    guard type.hasSuffix("json"), let body = try? Yams.compose(yaml: answer.text) else { return }
    let faults = description.faults(in: body, schema)
    #expect(faults.isEmpty, "\(name): \(answer.text)")
  }

  private func allKindsOfAnswers() throws -> [(path: String, answer: Answer)] {
    try wellAnswers() + refusals() + troubles()
  }

  private func wellAnswers() throws -> [(path: String, answer: Answer)] {
    let key = [(name: "Idempotency-Key", value: "k")]
    let submissions = try (0..<2).map { _ in
      ("/execute", try platform.send(.submit(#"{"code": "x", "language": "cpp"}"#, headers: key)))
    }
    let statuses = try endedJobs().map { ("/job-status/{jobId}", try platform.send(.get("/job-status/\($0)"))) }
    let others = try ["/languages", "/health", "/metrics", "/openapi.yaml", "/"].map {
      ($0, try platform.send(.get($0)))
    }
    return submissions + statuses + others
  }

  /// A job with everything that can be known of one, one that failed, and one that is queued.
  private func endedJobs() throws -> [JobID] {
    let jobs = try (0..<3).map { _ in try platform.submit() }
    var timings = JobTimings()
    (timings.s2, timings.s3, timings.s4, timings.s5) = (1, 2, 3, 4)
    (timings.coldStart, timings.start, timings.environmentId) = (true, .cold, "env-1")
    (timings.attempt, timings.billedMs, timings.memoryMB) = (1, 5, 512)
    let sandbox = SandboxReport(
      backend: "bubblewrap", namespaces: ["net"], controlGroup: "v2", seccomp: false, accounting: "cgroup")
    let details = ExecutionDetails(
      exitCode: 0, stdout: .init([0xff]), stderr: .init(Array("e".utf8)), compileOutput: .init(), cpuTimeMs: 1.5,
      sandbox: sandbox, techniques: ["gold"],
      runs: [ProgramRun(errorType: .timeout, error: "Time limit exceeded", exitCode: 1, signal: 9, start: .zygote)])
    try platform.statuses.finish(
      jobs[0],
      JobStatus(jobId: jobs[0], status: .completed, result: "", timestamp: 0, details: details, timings: timings))
    let killed = ExecutionDetails(errorType: .memoryLimit, signal: 9)
    try platform.statuses.finish(
      jobs[1],
      JobStatus(jobId: jobs[1], status: .failed, error: "Memory limit exceeded: 64 MiB", timestamp: 0, details: killed))
    return jobs
  }

  private func refusals() throws -> [(path: String, answer: Answer)] {
    let bad = try BadRequest.all.filter { [400, 404, 413, 415, 422].contains($0.status) && $0.type != "not-found" }
      .map { ($0.ask.method == "POST" ? "/execute" : "/job-status/{jobId}", try platform.send($0.ask)) }
    let methods = try Route.allCases.map { route in
      let target = route.rawValue.replacing("{jobId}", with: "1")
      return (route.rawValue, try platform.send(Ask(method: "DELETE", target: target)))
    }
    return bad + methods
  }

  private func troubles() throws -> [(path: String, answer: Answer)] {
    let job = try platform.submit()
    let asks = [
      ("/execute", Ask.submit(#"{"code": "x", "language": "cpp"}"#)),
      ("/job-status/{jobId}", .get("/job-status/\(job)")), ("/health", .get("/health")),
    ]
    for key in ["{rce}:jobs", "{rce}:job:\(job)"] {
      try platform.redis.send(["DEL", RedisArgument(key)])
      try platform.redis.send(["SET", RedisArgument(key), "of another program"])
    }
    let wrong = try asks.map { ($0.0, try platform.send($0.1)) }
    platform.redis.stop()
    let away = try asks.map { ($0.0, try platform.send($0.1)) }
    let full = try TestPlatform { api, _ in api.deepestQueue = 1 }
    _ = try full.submit()
    var refused = try full.send(asks[0].1)
    #expect(
      try eventually {
        refused = try full.send(asks[0].1)
        return refused.status == 429
      })
    return wrong + away + [("/execute", refused)]
  }
}
