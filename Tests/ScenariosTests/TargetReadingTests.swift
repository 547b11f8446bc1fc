import FoundationEssentials
import HostSystem
import Jobs
import Scenarios
import Testing

@Suite("A target")
struct TargetReadingTests {
  private static func target(_ lines: String, environment: [String: String] = [:]) throws -> TargetSpecification {
    var fixture = ScenarioFixture()
    fixture.rest = "target:\n  base_url: https://rce.example\n" + lines
    return try fixture.read(environment: environment).target
  }

  @Test("is verified, of the product's own kind and not retried where nothing is said")
  func defaults() throws {
    let target = try Self.target("")
    #expect(target.profile == .rce && target.http == HTTPSettings() && target.retry == nil && target.secrets.isEmpty)
    #expect(target.http.tls == TLSSettings(verifies: true) && target.http.version == .automatic)
  }

  @Test("takes all that can be said of connections")
  func connections() throws {
    let target = try Self.target(
      """
        auth: { bearer: "${TOKEN}" }
        headers: { X-Team: a }
        http: { version: 2, max_redirects: 0, max_body: 1MiB, connect_timeout: 1s, request_timeout: 3s }
        tls: { verify: false, ca_file: /etc/hostname, client_cert: /etc/hostname, client_key: /etc/hostname }
        resolve: ["rce.example:443:127.0.0.1", "rce.example:443:[::1]"]
        retry: { on: [429, connect_error], max: 5, backoff: 10ms x3 cap 1s, honour_retry_after: false }

      """, environment: ["TOKEN": "s3cret-token"])
    #expect(
      target.headers == [
        HTTPHeader(name: "X-Team", value: "a"), HTTPHeader(name: "Authorization", value: "Bearer s3cret-token"),
      ])
    #expect(
      target.http
        == HTTPSettings(
          connectTimeout: .seconds(1), requestTimeout: .seconds(3), version: .http2, maximumRedirects: 0,
          maximumBodyBytes: 1 << 20,
          tls: TLSSettings(
            verifies: false, caFile: "/etc/hostname", clientCertificate: "/etc/hostname", clientKey: "/etc/hostname"),
          resolve: ["rce.example:443:127.0.0.1", "rce.example:443:[::1]"]))
    #expect(
      target.retry
        == RetryPolicy(
          statuses: [429], onConnectError: true, maximum: 5, backoff: .milliseconds(10), factor: 3, cap: .seconds(1),
          honoursRetryAfter: false))
  }

  @Test("takes the numbers and names of other platforms")
  func profiles() throws {
    let judge0 = try Self.target("  profile: judge0\n  judge0: { languages: { python: 100 } }\n")
    #expect(judge0.profile == .judge0(Judge0Profile(languages: ["python": 100])))
    guard case .judge0(let numbers) = judge0.profile else { return }
    #expect(numbers.languages == ["cpp": 54, "java": 62, "javascript": 63, "python": 100])
    let piston = try Self.target("  profile: piston\n  piston: { versions: { python: 3.10.0 } }\n")
    #expect(piston.profile == .piston(PistonProfile(versions: ["python": "3.10.0"])))
  }

  private static let custom = """
    submit: { path: /jobs, body: '{"code": "{{code}}"}' }
    id: $.id
    poll: { path: "/jobs/{{id}}" }
    state: $.state
    states: { waiting: queued, done: completed, broken: internal_error }

    """

  @Test("is described in the scenario or in a file beside it, and stored with the description")
  func customFile() throws {
    let directory = "/tmp/rce-profile-\(MonotonicInstant.now.nanoseconds)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try Data(Self.custom.utf8).write(to: URL(filePath: "\(directory)/x.yaml"))
    var fixture = ScenarioFixture()
    fixture.rest = "target: { base_url: https://rce.example, profile: custom, custom: x.yaml }\n"
    let scenario = try fixture.read(overrides: ["target.custom.health=/up"], directory: directory + "/")
    guard case .custom(let profile) = scenario.target.profile else {
      Issue.record("\(scenario.target.profile)")
      return
    }
    #expect(profile.healthPath == "/up" && profile.poll?.path.placeholders == [.id])
    #expect(
      profile.states == ["waiting": .state(.queued), "done": .state(.completed), "broken": .failure(.internalError)])
    let again = try Scenario(ScenarioDocument(text: scenario.effectiveYAML, name: "again.yaml"))
    #expect(again.target.profile == scenario.target.profile)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var lines: String
    var complaint: String
    var testDescription: String { complaint }

    init(_ lines: String, _ complaint: String) {
      self.lines = lines
      self.complaint = complaint
    }
  }

  @Test("with a mistake is told where and what to do", arguments: mistakes)
  func mistake(_ example: Mistake) {
    var fixture = ScenarioFixture()
    fixture.rest = "target:\n  base_url: https://rce.example\n" + example.lines
    #expect(fixture.complaint() == "test.yaml:\(example.complaint)")
  }

  static let mistakes: [Mistake] = [
    Mistake(
      "  profile: judge\n", "11:12: profile: 'judge' is not one of rce, judge0, piston, custom (did you mean 'judge0'?)"
    ),
    Mistake(
      "  judge0: {}\n",
      "11:3: unknown key 'judge0' in a target (known keys are base_url, profile, headers, auth, http, tls, resolve, retry, rce)"
    ),
    Mistake(
      "  profile: custom\n",
      "11:3: profile: 'custom' needs the key 'custom' (describe the platform there, or name a file that does)"),
    Mistake(
      "  profile: judge0\n  judge0: { languages: { pyton: 1 } }\n",
      "12:26: 'pyton' is not a language (did you mean 'python'?)"),
    Mistake(
      "  auth: { bearer: \"a b\" }\n",
      "11:19: bearer: must be a token of visible ASCII characters (write ${NAME} and set the variable)"),
    Mistake(
      "  auth: { bearer: abcdefg }\n  headers: { authorization: x }\n",
      "11:3: a target has both auth and the header Authorization (keep one of them)"),
    Mistake(
      "  auth: { basic: x }\n",
      "11:9: auth needs the key 'bearer'\ntest.yaml:11:11: unknown key 'basic' in auth (known keys are bearer)"),
    Mistake("  http: { version: 3 }\n", "11:20: version: '3' is not one of auto, 1.1, 2 (did you mean '2'?)"),
    Mistake(
      "  tls: { client_key: /etc/hostname }\n", "11:10: client_key without client_cert (a key belongs to a certificate)"
    ),
    Mistake(
      "  tls: { ca_file: /no/ca.pem }\n",
      "11:19: ca_file: cannot read /no/ca.pem: open /no/ca.pem: No such file or directory (paths are relative to the scenario)"
    ),
    Mistake(
      "  resolve: [rce.example:443]\n",
      "11:13: resolve: 'rce.example:443' is not host:port:address (for example api.example.com:443:127.0.0.1)"),
    Mistake(
      "  resolve: [\"rce.example:443:elsewhere\"]\n",
      "11:13: resolve: 'rce.example:443:elsewhere' is not host:port:address (for example api.example.com:443:127.0.0.1)"
    ),
    Mistake("  retry: { max: 101 }\n", "11:17: max: must be from 0 to 100, got 101"),
  ]

  @Test(
    "whose description has a mistake is told where and what to do",
    arguments: [
      (
        "state: $.state", "state: state",
        "16:12: state: 'state' is not a path: a path starts with '$', at its character 1 (a path is written as $.data[0]['a b'].id)"
      ),
      (
        "id: $.id", "id: $..id",
        "14:9: id: '$..id' is not a path: a path names one value: '..' and '*' are not read, at its character 3 (a path is written as $.data[0]['a b'].id)"
      ),
      ("{{id}}", "{{job}}", "15:19: path: {{job}} stands for nothing (use id, wait)"),
      ("/jobs/{{id}}", "/jobs", "15:19: path: must have {{id}} where the job's id belongs"),
      ("{{code}}", "{{cod}}", "13:34: body: {{cod}} stands for nothing (did you mean 'code'?)"),
      ("{{code}}", "{{code", "13:34: body: '{{' without '}}'"),
      (
        "{{code}}", "{{id}}",
        "13:34: body: {{id}} has no meaning here (use args, code, code_base64, cpu_time_ms, file_name, language, memory_mb, stdin, stdin_base64, wall_time_ms)"
      ),
      (
        "\"{{code}}\"", "\"{{code}}",
        "13:28: body: is not JSON once its placeholders are filled (texts need quotes around the placeholder, \"{{code}}\"; {{args}} and the limits need none)"
      ),
      ("path: /jobs,", "path: jobs,", "13:21: path: must be a path that starts with '/'"),
      (
        "done: completed", "done: complete",
        "17:38: states: 'complete' is not one of queued, running, completed, failed, compile_error, runtime_error, timeout, memory_limit, output_limit, process_limit, disk_limit, internal_error (did you mean 'completed'?)"
      ),
      (
        "id: $.id", "",
        "13:5: 'id' and 'poll' belong together (leave both out where the answer to a submission is the result)"
      ),
    ])
  func customMistake(part: String, with: String, complaint: String) {
    var fixture = ScenarioFixture()
    let custom = Self.custom.replacing(part, with: with).split(separator: "\n", omittingEmptySubsequences: false)
    fixture.rest =
      "target:\n  base_url: https://rce.example\n  profile: custom\n  custom:\n"
      + custom.map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
    #expect(fixture.complaint() == "test.yaml:\(complaint)")
  }

  @Test(
    "that cannot do what the mix asks for says so before the run",
    arguments: [
      ("profile: judge0", "files: [{ name: a.h, text: x }]", "judge0 takes no files"),
      ("profile: judge0", "stdin: [{ text: a }, { text: b }]", "judge0 takes no list of stdin"),
      ("profile: judge0", "start: cold", "judge0 takes no start"),
      ("profile: piston", "options: [-O2]", "piston takes no options"),
      ("profile: piston", "tenant: x", "piston takes no tenant"),
    ])
  func limits(profile: String, asks: String, complaint: String) {
    var fixture = ScenarioFixture()
    fixture.mix = "mix:\n  - { name: hello, language: python, code: x, \(asks) }\n"
    fixture.rest = "target: { base_url: https://rce.example, \(profile) }\n"
    #expect(fixture.complaint()?.contains("'hello': \(complaint)") == true, "\(fixture.complaint() ?? "no complaint")")
  }

  @Test(
    "follows paths that name one value",
    arguments: [
      ("$", []), ("$.a.b-c", [.member("a"), .member("b-c")]), ("$[0][-1]", [.element(0), .element(-1)]),
      ("$['a b'][\"c\"]", [.member("a b"), .member("c")]), (#"$['it\'s']"#, [.member("it's")]),
    ] as [(String, [JSONPath.Step])])
  func paths(text: String, steps: [JSONPath.Step]) throws {
    #expect(try JSONPath(text).steps == steps)
  }

  @Test(
    "knows a bad path by its character",
    arguments: [("a", 0), ("$a", 1), ("$.", 2), ("$[x]", 2), ("$['a", 4), ("$[0", 3)])
  func badPaths(text: String, offset: Int) {
    let error = #expect(throws: JSONPathError.self) { try JSONPath(text) }
    #expect(error?.offset == offset)
  }
}

@Suite("Secrets of a target")
struct SecretsTests {
  @Test("are all that authenticates and all that came from the environment but the address")
  func collected() throws {
    var fixture = ScenarioFixture()
    fixture.rest = """
      target:
        base_url: https://operator:hunter22@${HOST_NAME}
        auth: { bearer: bearer-token }
        headers: { X-Api-Key: literal-key, X-Trace: "${TRACE}", X-Team: platform-team, Cookie: "Session cookie-jar" }
        profile: custom
        custom:
          submit: { path: "/run?key=${QUERY}", body: '"{{code}}"', headers: { X-Signature: signed-by-us } }
          state: $
          states: { ok: completed }
      """
    let scenario = try fixture.read(
      environment: ["HOST_NAME": "rce.example.com", "TRACE": "traced-value", "QUERY": "query-secret"])
    let secrets = [
      "operator:hunter22", "hunter22", "b3BlcmF0b3I6aHVudGVyMjI=", "bearer-token", "literal-key", "traced-value",
      "cookie-jar", "query-secret",
      "signed-by-us",
    ]
    for secret in secrets {
      #expect(scenario.target.secrets.redacting("<\(secret)>") == "<***>", "\(secret)")
      #expect(!scenario.effectiveYAML.contains(secret), "\(secret)")
    }
    for shown in ["rce.example.com", "platform-team", "completed"] {
      #expect(scenario.target.secrets.redacting(shown) == shown)
    }
    for kept in ["${TRACE}", "${QUERY}", "platform-team", "${HOST_NAME}"] {
      #expect(scenario.effectiveYAML.contains(kept))
    }
  }

  @Test("stay references where they were written as such, so that the stored scenario can be run again")
  func references() throws {
    var fixture = ScenarioFixture()
    fixture.rest = """
      target:
        base_url: https://rce.example
        auth: { bearer: "${TOKEN}" }
        headers: { X-Api-Key: "Key ${TOKEN}", X-Other-Key: "literal-${TOKEN}" }
      """
    let yaml = try fixture.read(environment: ["TOKEN": "s3cret-token"]).effectiveYAML
    #expect(yaml.contains("bearer: \"${TOKEN}\"") && yaml.contains("\"Key ${TOKEN}\"") && !yaml.contains("literal-"))
  }

  @Test("too short to be told from other words are left")
  func short() {
    #expect(Secrets(["abc", "longer-secret"]).redacting("abc longer-secret") == "abc ***")
    #expect(Secrets(["part-of", "part-of-a-whole"]).redacting("part-of-a-whole") == "***")
  }

  @Test("in a base URL that is none are not repeated by the complaint")
  func badURL() {
    var fixture = ScenarioFixture()
    fixture.rest = "target: operator:hunter22@rce.example\n"
    #expect(
      fixture.complaint()?.contains("hunter22") == false && fixture.complaint()?.contains("***@rce.example") == true)
  }
}
