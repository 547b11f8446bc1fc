import AWSBackends
import AWSServices
import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

/// One of the two sets of services that the platform stands on.
enum Seam: String, CaseIterable, Sendable, CustomTestStringConvertible {
  /// A stream of Redis and files in a directory.
  case local
  /// SQS and S3, as moto imitates them.
  case aws

  var testDescription: String { rawValue }
}

/// The parts of a platform on services of its own, each behind its protocol.
struct SeamPlace {
  let intake: any JobIntake
  let queue: any JobQueue
  let codes: any CodeStore
  let statuses: any JobStatusStore
  /// Puts what is no job message into the queue, under the name that messages have there.
  let sendRaw: (String) throws -> Void
  /// Ends what the queue stands on.
  let stopQueue: () -> Void
  private let redis: RedisServer
  private let directory: TemporaryDirectory
  private let ownMoto: MotoServer?

  static let maximumReceives = 3

  /// moto takes long to start, and names keep the tests apart.
  private static let sharedMoto = Result { try MotoServer() }

  /// - Parameter isAlone: what stands for AWS is this place's alone, and may be stopped.
  init(_ seam: Seam, isAlone: Bool = false) throws {
    let redis = try RedisServer()
    let directory = try TemporaryDirectory(named: "rce-code")
    let pool = RedisPool(redis.address, timeouts: RedisTimeouts(connect: .seconds(5), reply: .seconds(10)))
    let configuration = PlatformConfiguration()
    self.redis = redis
    self.directory = directory
    statuses = RedisJobStatusStore(pool, configuration)
    switch seam {
    case .local:
      ownMoto = nil
      intake = RedisJobIntake(pool, configuration)
      queue = RedisStreamQueue(pool, configuration, consumer: "one")
      codes = try FileCodeStore(directory: "\(directory.path)/code")
      sendRaw = { text in
        try redis.send([
          "XADD", RedisArgument(configuration.streamKey), "*", "accepted", "1", "deliveries", "0", "message",
          RedisArgument(text),
        ])
      }
      stopQueue = { redis.stop() }
    case .aws:
      let moto = try isAlone ? MotoServer() : Self.sharedMoto.get()
      ownMoto = isAlone ? moto : nil
      let environment = try Self.environment(moto)
      let jobs = try environment.queue("RCE_QUEUE_URL")
      intake = SQSJobIntake(pool, configuration, jobs)
      queue = SQSJobQueue(jobs, deadLetters: try environment.queue("RCE_DEAD_LETTER_QUEUE_URL"))
      codes = try environment.codes()
      sendRaw = { try jobs.send($0) }
      stopQueue = { moto.stop() }
    }
  }

  private static func environment(_ moto: MotoServer) throws -> PlatformEnvironment {
    let name = "\(JobID())"
    var variables = moto.environment
    variables["RCE_DEAD_LETTER_QUEUE_URL"] = try moto.makeQueue("dead-\(name)")
    let target = "arn:aws:sqs:us-east-1:123456789012:dead-\(name)"
    let policy = #"{\"deadLetterTargetArn\":\"\#(target)\",\"maxReceiveCount\":\#(maximumReceives)}"#
    variables["RCE_QUEUE_URL"] = try moto.makeQueue("jobs-\(name)", attributes: ["RedrivePolicy": policy])
    variables["RCE_CODE_BUCKET"] = "code-\(name)"
    try moto.makeBucket("code-\(name)")
    return try PlatformEnvironment(variables)
  }

  /// Takes in a job; with `inStore` its code is in the code store and not in the message.
  @discardableResult
  func submit(_ code: String = "print(1)", inStore: Bool = false) throws -> JobID {
    let message = Self.message(inStore ? nil : code)
    if inStore { try codes.put(code, for: message.jobId) }
    guard case .created(let job) = try intake.accept(message, idempotencyKey: nil) else {
      throw ServiceError("the job existed before")
    }
    return job
  }

  static func message(_ code: String?) -> JobMessage {
    JobMessage(
      jobId: JobID(), language: .cpp, code: code, stdin: "a\r\n\tb", args: ["-x", ""], limits: ResourceLimits(),
      receivedAt: WallClock.microseconds)
  }

  /// Receives, up to a number, until so many are there.
  func receive(_ count: Int) throws -> [ReceivedMessage] {
    var received: [ReceivedMessage] = []
    _ = try eventually {
      received += try queue.receive(upTo: count - received.count, waitMilliseconds: 1_000)
      return received.count >= count
    }
    return received
  }
}
