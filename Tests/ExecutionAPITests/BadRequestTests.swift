import Jobs
import Testing

/// A request that is wrong, and what is answered.
struct BadRequest: Sendable, CustomTestStringConvertible {
  let name: String
  let ask: Ask
  let status: Int
  let type: String
  /// Place of each fault and a part of its detail.
  var faults: [String: String] = [:]
  /// A part of the problem's detail.
  var detail = ""

  var testDescription: String { name }
}

@Suite("A request that is wrong", .sharedPlatform)
struct BadRequestTests {
  @Test("is answered with its status, its kind and each of its faults", arguments: BadRequest.all, Depth.allCases)
  func problem(_ bad: BadRequest, _ depth: Depth) throws {
    let answer = try TestPlatform.current.send(bad.ask, depth)
    let problem = try answer.problem()
    #expect(answer.status == bad.status)
    #expect(problem.status == bad.status)
    #expect(problem.type == "urn:rce:problem:\(bad.type)")
    #expect(!problem.title.isEmpty)
    #expect(problem.instance == String(bad.ask.target.prefix { $0 != "?" }))
    #expect(problem.detail.contains(bad.detail), "\(problem.detail)")
    let faults = Dictionary(
      (problem.errors ?? []).map { ($0.pointer ?? $0.parameter ?? $0.header ?? "?", $0.detail) }
    ) { "\($0) & \($1)" }
    #expect(Set(faults.keys) == Set(bad.faults.keys))
    for (place, part) in bad.faults { #expect(faults[place]?.contains(part) == true, "\(place): \(faults)") }
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    #expect(answer.headers["job-wait-max-seconds"] == "20")
  }

  @Test("lists the languages where the one asked for is not among them", arguments: Depth.allCases)
  func languages(_ depth: Depth) throws {
    let answer = try TestPlatform.current.send(.submit(#"{"code": "x", "language": "cobol"}"#), depth)
    #expect(try answer.problem().supportedLanguages == ["cpp", "java", "python", "javascript"])
  }

  @Test(
    "names the methods that the path takes",
    arguments: [
      ("/execute", "GET", "POST, OPTIONS"), ("/execute", "HEAD", "POST, OPTIONS"),
      ("/health", "POST", "GET, HEAD, OPTIONS"), ("/", "DELETE", "GET, HEAD, OPTIONS"),
    ], Depth.allCases)
  func allow(_ row: (path: String, method: String, allow: String), _ depth: Depth) throws {
    let answer = try TestPlatform.current.send(Ask(method: row.method, target: row.path), depth)
    #expect(answer.status == 405)
    #expect(answer.headers["allow"] == row.allow)
  }
}

extension BadRequest {
  static let all = bodies + fields + headers + targets

  private static func body(
    _ name: String, _ body: String, _ type: String = "invalid-field", _ faults: [String: String] = [:],
    detail: String = "", status: Int = 400
  ) -> Self {
    Self(name: name, ask: .submit(body), status: status, type: type, faults: faults, detail: detail)
  }

  private static let bodies = [
    body("no body", "", "malformed-json", detail: "line 1, column 1 (byte 0): expected a value"),
    body("half a body", #"{"code": "print("#, "malformed-json", detail: "has no end"),
    body("a trailing comma", #"{"code": "x",}"#, "malformed-json", detail: "column 14 (byte 13): expected a name"),
    body("the same name twice", #"{"code": "x", "code": "y"}"#, "malformed-json", detail: "\"code\" comes twice"),
    body("a form", "code=x&language=python", "malformed-json", detail: "expected a value, got 'c'"),
    body("an array", "[]", faults("", "expected an object, got an array")),
    body("a text", #""print(1)""#, faults("", "expected an object, got \"print(1)\"")),
    body("null", "null", faults("", "expected an object, got null")),
    Self(
      name: "a body of 10 MB",
      ask: .submit(#"{"language": "python", "code": ""# + String(repeating: "x", count: 10_000_000) + #""}"#),
      status: 413, type: "body-too-large", detail: "at most 1048576 bytes"),
    Self(
      name: "a body one byte too large",
      ask: .submit(#"{"language": "python", "code": ""# + String(repeating: "x", count: 1_048_576 - 32) + #""}"#),
      status: 413, type: "body-too-large", detail: "at most 1048576 bytes"),
  ]

  private static let fields = [
    body(
      "an empty object", "{}",
      ["/code": "expected the source text, a string; the field is missing", "/language": "the field is missing"]),
    body("no code", #"{"language": "python"}"#, faults("/code", "the field is missing")),
    body("empty code", with(#""code": """#), faults("/code", "expected at least one character, got \"\"")),
    body("code that is a number", with(#""code": 5"#), faults("/code", "expected a string, got 5")),
    body("code that is null", with(#""code": null"#), faults("/code", "expected a string, got null")),
    body("no language", #"{"code": "x"}"#, faults("/language", "the field is missing")),
    body("a language that is a list", #"{"code": "x", "language": []}"#, faults("/language", "got an array")),
    body(
      "a language that is not supported", #"{"code": "x", "language": "cobol"}"#, "unsupported-language",
      ["/language": "expected one of cpp, java, python, javascript, got \"cobol\""], status: 422),
    body(
      "a language that is misspelled", #"{"code": "x", "language": "Pyhton"}"#, "unsupported-language",
      ["/language": "did you mean \"python\"?"], status: 422),
    body(
      "a language that is not supported, and more", #"{"code": 1, "language": "cobol"}"#,
      ["/language": "got \"cobol\"", "/code": "got 1"]),
    body(
      "stdin that is an object", with(#""stdin": {}"#), faults("/stdin", "expected a string or an array of strings")),
    body("args that are a text", with(#""args": "-v""#), faults("/args", "expected an array of strings, got \"-v\"")),
    body(
      "an argument that is a number", with(#""args": ["a", 1, true]"#),
      ["/args/1": "expected a string, got 1", "/args/2": "expected a string, got true"]),
    body("an argument with NUL", with(#""args": ["a\u0000b"]"#), faults("/args/0", "expected no NUL character")),
    body(
      "an argument that is too long", with(#""args": ["\#(String(repeating: "a", count: 65_537))"]"#),
      faults("/args/0", "expected at most 65536 bytes, got 65537")),
    body(
      "too many arguments",
      with("\"args\": [\(Array(repeating: "\"\"", count: 65).joined(separator: ","))]"),
      faults("/args", "expected at most 64 elements, got 65")),
    body("limits that are a number", with(#""limits": 5"#), faults("/limits", "expected an object, got 5")),
    body(
      "a limit with a unit", with(#""limits": {"wallTimeMs": "5s"}"#),
      faults("/limits/wallTimeMs", "expected an integer from 1 to 30000, got \"5s\"")),
    body(
      "limits out of range", with(#""limits": {"wallTimeMs": 0, "cpuTimeMs": 30001, "memoryMB": 15}"#),
      [
        "/limits/wallTimeMs": "from 1 to 30000, got 0", "/limits/cpuTimeMs": "from 1 to 30000, got 30001",
        "/limits/memoryMB": "from 16 to 1024, got 15",
      ]),
    body("a limit that is a fraction", with(#""limits": {"memoryMB": 64.5}"#), faults("/limits/memoryMB", "got 64.5")),
    body(
      "a limit beyond any number", with(#""limits": {"memoryMB": 1e999}"#), faults("/limits/memoryMB", "got 1e999")),
    body(
      "an unknown field", with(#""timeout": 5"#),
      faults("/timeout", "the fields here are code, language, stdin, args, files, options, limits, start, tenant")),
    body(
      "a misspelled field", #"{"code": "x", "langauge": "python"}"#,
      ["/langauge": "did you mean \"language\"?", "/language": "the field is missing"]),
    body("an abbreviated field", with(#""limit": {}"#), faults("/limit", "did you mean \"limits\"?")),
    body(
      "an unknown limit", with(#""limits": {"walltimems": 5}"#),
      faults("/limits/walltimems", "did you mean \"wallTimeMs\"?")),
    body("a field whose name needs escaping", with(#""a/b~c": 1"#), faults("/a~1b~0c", "unknown field")),
  ]

  private static let headers = [
    header("no content type", [], "Content-Type", "expected application/json, got none", 415),
    header("another content type", [("Content-Type", "text/plain")], "Content-Type", "got \"text/plain\"", 415),
    header(
      "another charset", [("Content-Type", "application/json; charset=iso-8859-1")], "Content-Type", "charset=utf-8",
      415),
    header(
      "a compressed body", [("Content-Type", "application/json"), ("Content-Encoding", "gzip")], "Content-Encoding",
      "expected none, got \"gzip\"", 415),
    header("an empty key", json + [("Idempotency-Key", "")], "Idempotency-Key", "got \"\" (0 bytes)"),
    header("a key with a space", json + [("Idempotency-Key", "a b")], "Idempotency-Key", "visible ASCII"),
    header("a key beyond ASCII", json + [("Idempotency-Key", "schlüssel")], "Idempotency-Key", "visible ASCII"),
    header(
      "a key that is too long", json + [("Idempotency-Key", String(repeating: "k", count: 256))], "Idempotency-Key",
      "(256 bytes)"),
  ]

  private static let targets = [
    target("nothing", "/nothing", 404, "not-found", "GET /openapi.yaml describes"),
    target("a path with a slash too many", "/execute/", 404, "not-found"),
    target("a status without a job", "/job-status/", 404, "not-found"),
    target("a job that is not a UUID", "/job-status/42", 404, "unknown-job", "which is a UUID, got \"42\""),
    target("a job that nobody submitted", "/job-status/\(JobID())", 404, "unknown-job", "no job has this id"),
    target("a job that nobody submitted, waited for", "/job-status/\(JobID())?wait=9", 404, "unknown-job"),
    target("a method for another path", "/execute", 405, "method-not-allowed", "takes POST, OPTIONS, got \"GET\""),
    wait("soon"), wait(""), wait("-1"), wait("301"), wait("1e2"), wait("nan"), wait("0x10"), wait("1.2.3"),
  ]

  private static let json = [("Content-Type", "application/json")]

  private static func faults(_ place: String, _ detail: String) -> [String: String] { [place: detail] }

  private static func body(_ name: String, _ text: String, _ faults: [String: String]) -> Self {
    body(name, text, "invalid-field", faults)
  }

  /// A submission that is right but for this field.
  private static func with(_ field: String) -> String {
    let code = field.hasPrefix(#""code""#) ? "" : #""code": "x", "#
    return "{\(code)\"language\": \"python\", \(field)}"
  }

  private static func header(
    _ name: String, _ headers: [(String, String)], _ place: String, _ detail: String, _ status: Int = 400
  ) -> Self {
    let ask = Ask(
      method: "POST", target: "/execute", headers: headers.map { (name: $0.0, value: $0.1) },
      body: Array(#"{"code": "x", "language": "python"}"#.utf8))
    let type = status == 415 ? "unsupported-media-type" : "invalid-header"
    return Self(name: name, ask: ask, status: status, type: type, faults: [place: detail])
  }

  private static func target(
    _ name: String, _ target: String, _ status: Int, _ type: String, _ detail: String = ""
  ) -> Self {
    Self(name: name, ask: .get(target), status: status, type: type, detail: detail)
  }

  private static func wait(_ value: String) -> Self {
    Self(
      name: "wait=\(value)", ask: .get("/job-status/\(JobID())?wait=\(value)"), status: 400, type: "invalid-parameter",
      faults: ["wait": "expected a number of seconds from 0 to 300, got \"\(value)\""])
  }
}
