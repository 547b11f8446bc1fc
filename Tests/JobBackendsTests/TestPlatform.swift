import JobBackends
import Jobs
import Redis
import TestServices

/// The backends of a platform on a real server of its own.
struct TestPlatform {
  let server: RedisServer
  let pool: RedisPool
  let configuration: PlatformConfiguration
  let intake: RedisJobIntake
  let queue: RedisStreamQueue
  let statuses: RedisJobStatusStore

  init(
    appendOnly: Bool = false, options: [String] = [], timeouts: RedisTimeouts = .init(),
    _ adjust: (inout PlatformConfiguration) -> Void = { _ in }
  ) throws {
    server = try RedisServer(appendOnly: appendOnly, options: options)
    pool = RedisPool(server.address, timeouts: timeouts)
    var configuration = PlatformConfiguration()
    adjust(&configuration)
    self.configuration = configuration
    intake = RedisJobIntake(pool, configuration)
    queue = RedisStreamQueue(pool, configuration, consumer: "first")
    statuses = RedisJobStatusStore(pool, configuration)
  }

  /// Another consumer of the same group.
  func consumer(_ name: String) -> RedisStreamQueue {
    RedisStreamQueue(pool, configuration, consumer: name)
  }

  /// Accepts a small job and returns its id.
  @discardableResult
  func submit(_ code: String = "print(1)") throws -> JobID {
    let message = Self.message(code)
    guard case .created(let job) = try intake.accept(message, idempotencyKey: nil) else {
      throw ServiceError("the job existed before")
    }
    return job
  }

  static func message(_ code: String? = "print(1)", job: JobID = JobID()) -> JobMessage {
    JobMessage(jobId: job, language: .python, code: code, limits: ResourceLimits(), receivedAt: 1_700_000_000_000_001)
  }
}

/// The kind of the error that a body throws.
func kind(_ body: () throws(BackendError) -> Void) throws -> BackendError.Kind {
  do throws(BackendError) {
    try body()
  } catch {
    return error.kind
  }
  throw ServiceError("no error was thrown")
}
