import HostSystem
import JobBackends
import JobDispatch
import Jobs
import Redis
import TestServices

/// A platform on a real server with a scripted environment.
struct TestPlatform {
  let server: RedisServer
  let configuration: PlatformConfiguration
  let intake: RedisJobIntake
  let queue: RedisStreamQueue
  let statuses: RedisJobStatusStore
  let codes: FileCodeStore
  let invoker: ScriptedInvoker
  let log = LogRecorder()
  let stop = StopSignal()
  let dispatcher: Dispatcher
  private let directory: TemporaryDirectory

  init(_ invoker: ScriptedInvoker, patience: Duration = .seconds(5), visibilityMilliseconds: Int = 60_000) throws {
    server = try RedisServer(appendOnly: true)
    directory = try TemporaryDirectory(named: "rce-code")
    var configuration = PlatformConfiguration()
    configuration.visibilityTimeoutMilliseconds = visibilityMilliseconds
    let pool = RedisPool(server.address)
    self.configuration = configuration
    self.invoker = invoker
    intake = RedisJobIntake(pool, configuration)
    queue = RedisStreamQueue(pool, configuration)
    statuses = RedisJobStatusStore(pool, configuration)
    codes = try FileCodeStore(directory: "\(directory.path)/code")
    dispatcher = Dispatcher(
      queue: queue, statuses: statuses, codes: codes, invoker: invoker,
      maximumReceives: configuration.maximumReceives, patience: patience, stop: stop, logger: log.logger)
  }

  /// Accepts a job and returns its id; without code in the message it goes through the code store.
  func submit(_ code: String, inline: Bool = true, tenant: String? = nil) throws -> JobID {
    let job = JobID()
    if !inline { try codes.put(code, for: job) }
    let message = JobMessage(
      jobId: job, language: .python, code: inline ? code : nil, limits: ResourceLimits(), tenant: tenant,
      receivedAt: WallClock.microseconds)
    guard try intake.accept(message, idempotencyKey: nil) == .created(job) else {
      throw ServiceError("the job existed before")
    }
    return job
  }

  /// Receives and dispatches one message.
  func dispatchNext() throws -> DispatchOutcome? {
    try queue.receive(waitMilliseconds: 5_000).map { dispatcher.dispatch($0) }
  }
}
