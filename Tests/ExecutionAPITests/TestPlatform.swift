import Curl
import ExecutionAPI
import HostSystem
import JobBackends
import Jobs
import Logging
import MicroHTTP
import Redis
import TestServices
import Testing

/// How much of the real thing a test goes through.
enum Depth: String, CaseIterable, Sendable, CustomTestStringConvertible {
  /// The API as a function from request to answer.
  case handler
  /// The API on a socket.
  case loopback

  var testDescription: String { rawValue }
}

/// A platform on a real Redis, and the API over it at both depths.
final class TestPlatform: Sendable {
  let redis: RedisServer
  let intake: RedisJobIntake
  let statuses: RedisJobStatusStore
  let queue: RedisStreamQueue
  let code: FileCodeStore
  let server: APIServer
  let configuration: APIConfiguration
  private let service: APIService
  private let polls: LongPolls
  private let news: RedisJobNotifications
  private let directory = try? TemporaryDirectory(named: "rce-api")

  init(
    appendOnly: Bool = false, _ change: (inout APIConfiguration, inout HTTPServer.Configuration) -> Void = { _, _ in }
  ) throws {
    var configuration = APIConfiguration(version: "1.2.3")
    var listening = HTTPServer.Configuration()
    change(&configuration, &listening)
    self.configuration = configuration
    redis = try RedisServer(appendOnly: appendOnly)
    let names = PlatformConfiguration()
    let timeouts = RedisTimeouts(connect: .milliseconds(500), reply: .seconds(2))
    let pool = RedisPool(redis.address, timeouts: timeouts)
    intake = RedisJobIntake(pool, names)
    statuses = RedisJobStatusStore(pool, names)
    queue = RedisStreamQueue(pool, names)
    code = try FileCodeStore(directory: "\(try #require(directory).path)/code")
    var log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    log.logLevel = .critical
    let backends = APIBackends(
      intake: intake, statuses: statuses, code: code, queue: queue, hosts: RedisHostDirectory(pool, names), log: log)
    server = try APIServer(
      listening, configuration, backends,
      RedisJobNotifications(redis.address, names, backoff: .init(longest: .milliseconds(200))), log: log)
    let service = APIService(configuration, backends, QueueWatch(backends), APIMetrics())
    self.service = service
    let polls = try LongPolls { service.read($0) }
    self.polls = polls
    news = RedisJobNotifications(redis.address, names)
    try news.start(finished: { polls.finished($0) }, resynchronise: { polls.resynchronise() })
  }

  deinit {
    server.stop()
    news.stop()
    polls.stop { [service] in service.read($0) }
  }

  /// Sends a request and waits for its answer.
  func send(_ ask: Ask, _ depth: Depth = .loopback) throws -> Answer {
    switch depth {
    case .loopback: return Answer(try HTTPClient().send(ask.outgoing(to: server.port)))
    case .handler:
      switch service.answer(ask.incoming(bodyLimit: configuration.bodyLimit)) {
      case .now(let response): return Answer(response)
      case .wait(let wait): return Answer(self.wait(wait))
      }
    }
  }

  /// Takes a small program in and returns its job.
  func submit() throws -> JobID {
    try send(.submit(#"{"code": "print(1)", "language": "python"}"#)).json(SubmissionReceipt.self).jobId
  }

  /// Ends a job as dispatch would.
  func finish(_ job: JobID, result: String = "1") throws {
    try statuses.finish(job, JobStatus(jobId: job, status: .completed, result: result, timestamp: 0))
  }

  /// One figure of `/metrics`, by its name with labels.
  func metric(_ name: String) throws -> Int? {
    let line = try send(.get("/metrics")).text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
    return line.flatMap { Int($0.dropFirst(name.count + 1)) }
  }

  private func wait(_ wait: StatusWait) -> HTTPResponse {
    let answered = Lock<HTTPResponse?>(nil)
    polls.wait(for: wait.job, until: .now + Int64(wait.milliseconds) * 1_000_000) { reading in
      answered.withLock { $0 = wait.answer(reading) }
      answered.notifyAll()
    }
    return answered.wait(until: .now + 60_000_000_000) { $0 } ?? HTTPResponse(status: 500)
  }
}

/// Gives the tests of a suite one platform to share, and takes it away after the last of them.
struct SharedPlatform: SuiteTrait, TestScoping {
  var bodyLimit: Int?

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let platform = try TestPlatform { api, _ in api.bodyLimit = bodyLimit ?? api.bodyLimit }
    try await TestPlatform.$shared.withValue(platform, operation: function)
  }
}

extension Trait where Self == SharedPlatform {
  /// One platform for all tests of the suite, reached through `TestPlatform.current`.
  static var sharedPlatform: Self { Self() }

  /// The same with a platform that reads larger bodies.
  static func sharedPlatform(bodyLimit: Int) -> Self { Self(bodyLimit: bodyLimit) }
}

extension TestPlatform {
  @TaskLocal fileprivate static var shared: TestPlatform?

  static var current: TestPlatform {
    get throws { try #require(shared, "the suite needs the trait .sharedPlatform") }
  }
}
