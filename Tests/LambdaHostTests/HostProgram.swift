import FoundationEssentials
import Glibc
import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices

/// `rce-lambda-host` as a process on a Redis server, with what both need.
final class HostProgram: Sendable {
  let process: OwnedProcess
  private let directory: TemporaryDirectory

  /// Starts the program; it may end at once, as some tests want.
  ///
  /// - Parameter redis: nil leaves it to the environment.
  init(
    _ redis: RedisAddress?, executor: String, _ options: [String] = [], environment: [String] = []
  ) throws {
    directory = try TemporaryDirectory(named: "rce-host")
    let log = try FileDescriptor.open("\(directory.path)/log", O_WRONLY | O_CREAT | O_APPEND)
    var request = ProcessRequest(
      try BuiltProgram.path("rce-lambda-host"),
      (redis.map { ["--redis", "\($0)"] } ?? [])
        + ["--executor", executor, "--code-directory", "\(directory.path)/code"] + options,
      environment: ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"] + environment)
    request.descriptors = [-1, log.number, log.number]
    process = try OwnedProcess(request)
  }

  /// Everything that it has written.
  var log: String {
    let data = try? Data(contentsOf: URL(filePath: "\(directory.path)/log"))
    return data.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Whether the ready line has come by then.
  func isReady(within milliseconds: Int64 = 10_000) -> Bool {
    eventually(within: milliseconds) { log.contains("rce-lambda-host ready") || process.hasEnded() }
      && !process.hasEnded()
  }

  /// The processes that it started and that are alive, by their parent.
  var children: [Int32] {
    let path = "/proc/\(process.id)/task"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return threads.flatMap { thread -> [Int32] in
      let data = try? Data(contentsOf: URL(filePath: "\(path)/\(thread)/children"))
      return data.map { String(decoding: $0, as: UTF8.self) }?.split(separator: " ").compactMap { Int32($0) } ?? []
    }
  }
}

/// The client's side of the platform, without the API: what is submitted and what becomes of it.
struct Platform {
  let intake: RedisJobIntake
  let statuses: RedisJobStatusStore
  let queue: RedisStreamQueue

  init(_ redis: RedisAddress) {
    let pool = RedisPool(redis)
    intake = RedisJobIntake(pool, PlatformConfiguration())
    statuses = RedisJobStatusStore(pool, PlatformConfiguration())
    queue = RedisStreamQueue(pool, PlatformConfiguration())
  }

  func submit(_ code: String, _ language: Language = .python, tenant: String? = nil) throws -> JobID {
    let job = JobID()
    let message = JobMessage(
      jobId: job, language: language, code: code, limits: ResourceLimits(), tenant: tenant,
      receivedAt: WallClock.microseconds)
    _ = try intake.accept(message, idempotencyKey: nil)
    return job
  }

  /// The job's end, or where it was when the time had passed.
  func end(of job: JobID, within milliseconds: Int64 = 15_000) throws -> JobStatus? {
    _ = try eventually(within: milliseconds) { try statuses.status(of: job)?.status.isTerminal == true }
    return try statuses.status(of: job)
  }

  func isRunning(_ job: JobID) throws -> Bool {
    try eventually { try statuses.status(of: job)?.status == .running }
  }
}
