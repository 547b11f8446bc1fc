import Glibc
import HostSystem
import MicroHTTP
import Testing

/// A secret in every place that can hold one, looked for in everything that a run leaves behind and prints.
@Suite("Secrets", .serialized, .enabled(if: BuiltPrograms.exist, "needs `make build`"))
struct SecretTests {
  private let folder: TemporaryFolder
  /// What every one of the secrets contains, and nothing else does.
  private static let canary = "canary7f3a9c"

  init() throws { folder = try TemporaryFolder() }

  /// A platform that repeats every header that it gets, with a result for every third job, a refusal for every third.
  private static func tellTale() throws -> HTTPServer {
    let count = Lock(0)
    return try HTTPServer { request, exchange in
      let echo = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: " | ").filter { $0 != "\"" }
      let number = count.withLock { count in
        count += 1
        return count
      }
      switch request.method {
      case "POST" where number % 3 == 0:
        exchange.answer(
          HTTPResponse(status: 401, text: "you sent \(echo) and \(String(decoding: request.body, as: UTF8.self))"))
      case "POST": exchange.answer(HTTPResponse(status: 202, text: #"{"job": "job-\#(number)"}"#))
      default:
        exchange.answer(
          HTTPResponse(status: 200, text: #"{"state": "broken", "why": "you sent \#(echo) to \#(request.path)"}"#))
      }
    }
  }

  private func scenario(_ port: UInt16) throws -> String {
    _ = try folder.write(
      "profile.yaml",
      """
      submit:
        path: "/run?key=${CANARY_QUERY}"
        headers: { X-Signature: \(Self.canary)-profile-header, Content-Type: application/json }
        body: '{"code": "{{code}}", "key": "${CANARY_BODY}"}'
      id: $.job
      poll: { path: "/run/{{id}}?key=${CANARY_QUERY}", headers: { X-Poll-Token: "${CANARY_POLL}" } }
      state: $.state
      states: { fine: completed, broken: internal_error }
      error: $.why
      """)
    return try folder.write(
      "secret.yaml",
      """
      version: 1
      name: secret
      target:
        base_url: http://operator:\(Self.canary)-password@127.0.0.1:\(port)
        auth: { bearer: "${CANARY_TOKEN}" }
        headers: { X-Api-Key: \(Self.canary)-literal, Cookie: "session=\(Self.canary)-cookie", X-Trace: "${CANARY_TRACE}" }
        profile: custom
        custom: profile.yaml
        retry: { on: [503], max: 1 }
      mix: [{ name: hello, language: python, code: "print(1)", expect: { stdout: "1" } }]
      arrivals: { process: uniform, phases: [{ name: steady, kind: constant, rate: 30/s, for: 1s }] }
      """)
  }

  private static var environment: [String] {
    ["QUERY", "BODY", "POLL", "TOKEN", "TRACE"].map { "CANARY_\($0)=\(canary)-env-\($0.lowercased())" }
      + ["RCE_BENCH_TARGET__HEADERS__X-AUTH-TOKEN=\(canary)-override"]
  }

  /// The files in a folder that hold the canary.
  private func found(in path: String) throws -> String {
    // A database keeps texts as they are, so that a search of its bytes finds them.
    try TestProgram.run(["-rl", Self.canary, path], program: "/bin/grep").output
  }

  private func expectNone(_ end: FinishedProgram) throws {
    #expect(!end.output.contains(Self.canary) && !end.errors.contains(Self.canary), "\(end.said)")
    #expect(try found(in: "\(folder.path)/runs") == "")
  }

  @Test("are in nothing that a run prints or stores, even where the platform repeats them")
  func everywhere() throws {
    let server = try Self.tellTale()
    let path = try scenario(server.port)
    try expectNone(try TestProgram.run(["run", path, "--dry-run"], environment: Self.environment))
    let end = try TestProgram.run(
      [
        "run", path, "--output", "\(folder.path)/runs", "--plain", "--set",
        "target.headers.X-Secret=\(Self.canary)-set",
        "--set", "target.headers.X-Team=visible-team", "--set",
        "target.custom.submit.headers={ X-Key: \(Self.canary)-mapping, Content-Type: application/json }",
      ], environment: Self.environment)
    #expect(end.end == .exited(0) || end.end == .exited(5), "\(end.said)")
    #expect(end.output.contains(" failed") && end.output.contains(" rejected"), "\(end.said)")
    try expectNone(end)
    let shown = try TestProgram.run(["-rl", "you sent", "\(folder.path)/runs"], program: "/bin/grep").output
    #expect(shown.contains("run.sqlite") && shown.contains("report.html"), "what the platform said is kept: \(shown)")
    let kept = try TestProgram.run(["-rl", "visible-team", "\(folder.path)/runs"], program: "/bin/grep").output
    #expect(kept.contains("run.sqlite"))
  }

  @Test(
    "are in no complaint",
    arguments: [
      ["--set", "target.base_url=operator:canary7f3a9c-password@host"],
      ["--set", "target.auth.bearer=canary7f3a9c with spaces"],
      ["--set", "target.base_url=http://u:canary7f3a9c@127.0.0.1:1"],
      ["--target", "http://u:canary7f3a9c@127.0.0.1:1"],
      ["--target", "ftp://u:canary7f3a9c@127.0.0.1:1"],
    ])
  func complaints(arguments: [String]) throws {
    let path = try scenario(1)
    let end = try TestProgram.run(
      ["run", path, "--output", "\(folder.path)/runs"] + arguments, environment: Self.environment)
    #expect(end.end == .exited(2) || end.end == .exited(6), "\(end.said)")
    #expect(!end.output.contains(Self.canary) && !end.errors.contains(Self.canary), "\(end.said)")
  }
}
