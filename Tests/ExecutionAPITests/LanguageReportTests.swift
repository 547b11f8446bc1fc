import ExecutionAPI
import FoundationEssentials
import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing
import Yams

/// The answer of `GET /languages` as a client reads it.
struct LanguageAnswer: Decodable {
  struct Versions: Decodable, Equatable {
    let compiler: [String]
    let runtime: [String]
  }

  struct Entry: Decodable {
    let name: String
    let title: String
    let compile: String?
    let run: String
    let options: [String]
    let limits: LanguageLimits
    let versions: Versions?
    let problem: String?
  }

  let languages: [Entry]
}

@Suite("What hosts say of themselves")
struct LanguageReportTests {
  private let platform: TestPlatform

  init() throws {
    platform = try TestPlatform()
  }

  /// Enters a host on the register as it does itself.
  private func enter(_ host: String, _ languages: [String: LanguageStatus], silentFor milliseconds: Int64 = 0) throws {
    let names = PlatformConfiguration()
    let own = HostReport(
      name: host, version: "1.2.3",
      environments: .init(
        alive: 3, busy: 1, limit: 4, reservedConcurrency: 2, provisionedConcurrency: 1, tenantIsolation: true,
        memoryMB: 512, timeoutMs: 30_000),
      poller: .init(running: 1, allowed: 5, limit: 40, batchSize: 10),
      sandbox: SandboxCheck(backend: "rlimits", controlGroup: "none", seccomp: false, absent: ["no namespaces"]),
      languages: languages)
    let report = String(decoding: try JSONEncoder().encode(own), as: UTF8.self)
    try platform.redis.send([
      "ZADD", RedisArgument(names.hostsKey), RedisArgument(WallClock.milliseconds - milliseconds), RedisArgument(host),
    ])
    try platform.redis.send([
      "HSET", RedisArgument(names.hostReportsKey), RedisArgument(host), RedisArgument(report),
    ])
  }

  private func list() throws -> LanguageAnswer {
    try platform.send(.get("/languages")).json(LanguageAnswer.self)
  }

  @Test("comes with the health: who is alive, by which rules they run jobs, and which protection is absent")
  func health() throws {
    struct Health: Decodable {
      let hosts: [HostReport]
    }
    #expect(try platform.send(.get("/health")).json(Health.self).hosts.isEmpty)
    try enter("one", ["python": LanguageStatus(runtime: "3.11.2")])
    try enter("dead", [:], silentFor: 60_000)
    let answer = try platform.send(.get("/health"))
    let host = try #require(try answer.json(Health.self).hosts.first)
    #expect(host.name == "one" && host.sandbox.backend == "rlimits" && host.sandbox.absent == ["no namespaces"])
    #expect(host.environments.tenantIsolation && host.environments.limit == 4 && host.poller.allowed == 5)
    #expect(try answer.json(Health.self).hosts.count == 1)
    let description = try Description(try platform.send(.get("/openapi.yaml")).text)
    let schema = try #require(
      description.answer("GET", "/health", status: 200)?["content"]?["application/json"]?["schema"])
    #expect(description.faults(in: try #require(try Yams.compose(yaml: answer.text)), schema).isEmpty)
  }

  @Test("comes with the list: each version that a living host told, and those of silent ones not")
  func versions() throws {
    try enter("one", ["java": LanguageStatus(compiler: "17.0.1", runtime: "17.0.1"), "cpp": .init(compiler: "12.2.0")])
    try enter("two", ["java": LanguageStatus(runtime: "21.0.2"), "cpp": LanguageStatus(problem: "no g++")])
    try enter("dead", ["java": LanguageStatus(runtime: "8")], silentFor: 60_000)
    #expect(try eventually { try list().languages[1].versions?.runtime.count == 2 })
    let languages = try list().languages
    #expect(languages[0].versions == LanguageAnswer.Versions(compiler: ["12.2.0"], runtime: []))
    #expect(languages[0].problem == nil)
    #expect(languages[1].versions == LanguageAnswer.Versions(compiler: ["17.0.1"], runtime: ["17.0.1", "21.0.2"]))
    #expect(languages[2].problem == "the host does not know the language")
    let description = try Description(try platform.send(.get("/openapi.yaml")).text)
    let answer = try platform.send(.get("/languages"))
    let schema = try #require(
      description.answer("GET", "/languages", status: 200)?["content"]?["application/json"]?["schema"])
    #expect(description.faults(in: try #require(try Yams.compose(yaml: answer.text)), schema).isEmpty)
  }

  @Test("a language whose compiler is missing on every host is refused with the package, and nothing is stored")
  func missingCompiler() throws {
    let problem = "C++: g++ is not installed: apt-get install g++"
    try enter("one", ["cpp": LanguageStatus(problem: problem), "python": LanguageStatus(runtime: "3.11.2")])
    #expect(try eventually { try list().languages[0].problem != nil })
    let answer = try platform.send(.submit(#"{"code": "x", "language": "cpp"}"#))
    let refusal = try answer.problem()
    #expect(answer.status == 422)
    #expect(refusal.type == "urn:rce:problem:unsupported-language")
    #expect(refusal.errors?.map(\.pointer) == ["/language"])
    #expect(refusal.detail == "/language: no host that is up can run cpp: \(problem)")
    #expect(refusal.supportedLanguages == ["python"])
    #expect(try platform.queue.depth().waiting == 0)
    #expect(try platform.send(.submit(#"{"code": "x", "language": "python"}"#)).status == 202)
  }
}
