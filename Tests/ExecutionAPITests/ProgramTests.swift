import Glibc
import HostSystem
import Jobs
import MicroHTTP
import Redis
import TestServices
import Testing

@Suite("rce-api")
struct ProgramTests {
  private let redis: RedisServer

  init() throws {
    redis = try RedisServer()
  }

  private func start(_ arguments: [String] = [], environment: [String] = []) throws -> RunningProgram {
    try RunningProgram(usual + arguments, environment: environment)
  }

  private var usual: [String] { ["--listen", "127.0.0.1:0", "--redis", "\(redis.address)"] }

  @Test("says when it is ready, serves, and ends within two seconds of a signal", arguments: [SIGTERM, SIGINT])
  func life(signal: Int32) throws {
    let program = try start(["--ready-fd", "3"])
    let port = try program.port()
    #expect(eventually { program.readiness == program.output })
    let job = try program.send(.submit(#"{"code": "x", "language": "cpp"}"#)).json(SubmissionReceipt.self).jobId
    let waiting = try RawConnection(to: port)
    try waiting.get("/job-status/\(job)?wait=20")
    #expect(try eventually { try program.send(.get("/metrics")).text.contains("\nrce_api_long_polls 1\n") })
    let start = MonotonicInstant.now
    #expect(program.end(by: signal) == .exited(0))
    #expect(MonotonicInstant.now - start < 2_500_000_000)
    #expect(waiting.answer(within: 1_000)?.status == 503)
  }

  @Test("ends within two seconds even while Redis hangs")
  func hanging() throws {
    let program = try start()
    let port = try program.port()
    redis.freeze()
    let connection = try RawConnection(to: port)
    try connection.get("/job-status/\(JobID())")
    let start = MonotonicInstant.now
    #expect(program.end(by: SIGTERM) == .exited(0))
    #expect(MonotonicInstant.now - start < 2_500_000_000)
    redis.thaw()
  }

  @Test("without Redis says which, and what to do, and ends with 6")
  func noRedis() throws {
    redis.stop()
    let program = try start()
    #expect(program.end() == .exited(6))
    #expect(program.complaint.contains("\(redis.address)"))
    #expect(program.complaint.contains("pass --wait-for-redis SECONDS"))
    #expect(program.output.isEmpty)
  }

  @Test("waits for Redis where it is told to")
  func waitForRedis() throws {
    redis.stop()
    let program = try start(["--wait-for-redis", "30"])
    try redis.start()
    #expect(try program.send(.get("/health")).status == 200)
  }

  @Test("says which port is in use, and ends with 2")
  func portInUse() throws {
    let other = try HTTPServer { _, exchange in exchange.answer(HTTPResponse(status: 200)) }
    let program = try start(["--listen", "127.0.0.1:\(other.port)"])
    #expect(program.end() == .exited(2))
    #expect(program.complaint.contains("127.0.0.1:\(other.port): another program listens there"))
  }

  @Test(
    "says which option is wrong, and ends with 2",
    arguments: [
      (["--listen", "localhost"], "'localhost' is invalid for '--listen"),
      (["--listen", "localhost:80"], "not a numeric address"),
      (["--redis", "127.0.0.1"], "neither redis://HOST:PORT, rediss://HOST:PORT nor unix:/PATH"),
      (["--redis", "redis://:secret@host/x"], "(not shown)"),
      (["--threads", "0"], "--threads must be from 1 to 64, got 0"),
      (["--threads", "many"], "'many' is invalid for '--threads"),
      (["--max-wait", "301"], "--max-wait must be from 0 to 300, got 301"),
      (["--default-wall-time", "40000"], "--default-wall-time must be from 1 to 30000, got 40000"),
      (["--log-level", "loud"], "expected one of trace, debug, info"),
      (["--lisen", "127.0.0.1:0"], "Unknown option '--lisen'"),
      (["--code-directory", "/proc/no"], "/proc/no"),
    ])
  func badOption(arguments: [String], complaint: String) throws {
    let program = try start(arguments)
    #expect(program.end() == .exited(2))
    #expect(program.complaint.contains(complaint), "\(program.complaint)")
    #expect(!program.complaint.contains("secret"))
  }

  @Test("without a code directory asks for one")
  func noCodeDirectory() throws {
    let program = try RunningProgram([], bare: true)
    #expect(program.end() == .exited(2))
    #expect(program.complaint.contains("--code-directory"))
  }

  @Test("takes options from the environment, and the command line's before those")
  func environment() throws {
    let environment = ["RCE_API_MAX_WAIT=7", "RCE_API_CORS_ORIGIN=https://a.example, https://b.example"]
    let cases = [([], "7"), (["--max-wait=9"], "9"), (["--max-wait", "0"], "0")]
    for (arguments, wait) in cases {
      let program = try start(arguments, environment: environment)
      let headers = [(name: "Origin", value: "https://b.example")]
      let answer = try program.send(Ask(target: "/languages", headers: headers))
      #expect(answer.headers["job-wait-max-seconds"] == wait)
      #expect(answer.headers["access-control-allow-origin"] == "https://b.example")
    }
    let wrong = try start(environment: ["RCE_API_THREADS=0"])
    #expect(wrong.end() == .exited(2))
    #expect(wrong.complaint.contains("--threads must be from 1 to 64, got 0"))
  }

  @Test("speaks to Redis by TLS and logs in, and shows the password nowhere")
  func secureRedis() throws {
    let secure = try SecureRedis()
    try secure.server.send(["CONFIG", "SET", "requirepass", "not-to-be-shown"])
    let authority = "?cacert=\(secure.certificates["ca.pem"])"
    let address = "rediss://:not-to-be-shown@127.0.0.1:\(secure.port)/1\(authority)"
    let program = try RunningProgram(
      ["--listen", "127.0.0.1:0", "--wait-for-redis", "60"], environment: ["RCE_API_REDIS=\(address)"])
    let job = try program.send(.submit(#"{"code": "x", "language": "cpp"}"#)).json(SubmissionReceipt.self).jobId
    #expect(try program.send(.get("/job-status/\(job)")).text.contains(#""status":"queued""#))
    let pages = try ["/health", "/metrics"].map { try program.send(.get($0)).text }
    secure.server.stop()
    #expect(try program.send(.get("/job-status/\(job)")).status == 503)
    try secure.server.start()
    try secure.server.send(["CONFIG", "SET", "requirepass", "not-to-be-shown"])
    let wrong = try RunningProgram(
      ["--listen", "127.0.0.1:0"], environment: ["RCE_API_REDIS=\(address.replacing("-shown", with: "-guessed"))"])
    #expect(wrong.end() == .exited(6))
    for text in pages + [program.output, program.complaint, wrong.complaint] { #expect(!text.contains("not-to-be")) }
    #expect(program.complaint.contains("rediss://127.0.0.1:\(secure.port)/1"))
  }

  @Test("prints its version and its help, and ends with 0", arguments: ["--version", "--help"])
  func information(option: String) throws {
    let program = try RunningProgram([option], bare: true)
    #expect(program.end() == .exited(0))
    #expect(program.complaint.isEmpty)
    #expect(program.output.contains(option == "--help" ? "RCE_API_CODE_DIRECTORY" : "."))
  }

  @Test("logs one line for a request when asked to, and nobody's program, input or key")
  func accessLog() throws {
    let program = try start(["--log-level", "debug"])
    let ask = Ask.submit(
      #"{"code": "secret-1", "language": "cpp", "stdin": "secret-2", "args": ["secret-3"]}"#,
      headers: [("Idempotency-Key", "secret-4")])
    _ = try program.send(ask)
    _ = try program.send(.get("/job-status/secret?wait=secret-5"))
    #expect(program.end(by: SIGTERM) == .exited(0))
    let lines = program.complaint.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.contains("method=POST") == true)
    #expect(lines.first?.contains("path=/execute") == true)
    #expect(lines.first?.contains("status=202") == true)
    #expect(!program.complaint.contains("secret-"))
  }

  @Test("raises its limit of open files for its connections")
  func descriptors() throws {
    let limited = ["-c", "ulimit -Sn 64; exec \"$@\"", "sh", try RunningProgram.path]
    let program = try RunningProgram(limited + usual, path: "/bin/sh")
    let connections = try (0..<300).map { _ in
      let connection = try RawConnection(to: program.port())
      try connection.get("/languages")
      return connection
    }
    for connection in connections { #expect(connection.answer(within: 10_000)?.status == 200) }
    #expect(program.end(by: SIGTERM) == .exited(0))
  }

  @Test("links neither Foundation nor ICU, whose loading would be most of its start")
  func needed() throws {
    let program = try RunningProgram(["-d", try RunningProgram.path], bare: true, path: "/usr/bin/readelf")
    #expect(program.end() == .exited(0))
    let libraries = program.output.split(separator: "\n").filter { $0.contains("(NEEDED)") }
    #expect(libraries.contains { $0.contains("libFoundationEssentials") })
    #expect(!libraries.contains { $0.contains("libFoundation.so") || $0.contains("Internationalization") })
  }
}
