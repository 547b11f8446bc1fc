import AWSBackends
import AWSServices
import FoundationEssentials
import Glibc
import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices

/// The program with everything that it stands on.
final class Place {
  let lambda: LambdaStandIn
  let queue: SQS
  let dead: SQS
  let codes: S3CodeStore
  let statuses: RedisJobStatusStore
  private(set) var jobs: [JobID] = []
  private let moto: MotoServer
  private let redis: RedisServer
  private let secure: SecureRedis?
  private let process: OwnedProcess
  private let environment: [String: String]
  private var gateway: OwnedProcess?

  /// Password of the Redis that is spoken to by TLS.
  static let password = "not-told-to-anybody"

  /// - Parameters:
  ///   - variable: not set.
  ///   - isSecure: Redis is spoken to by TLS and asks for a password.
  init(without variable: String? = nil, isSecure: Bool = false, _ executor: @escaping LambdaStandIn.Executor) throws {
    moto = try MotoServer()
    secure = isSecure ? try SecureRedis() : nil
    redis = try secure?.server ?? RedisServer()
    lambda = try LambdaStandIn(executor)
    let deadURL = try moto.makeQueue("dead")
    let policy = #"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:123456789012:dead\",\"maxReceiveCount\":3}"#
    let url = try moto.makeQueue("jobs", attributes: ["RedrivePolicy": policy])
    try moto.makeBucket("code")
    var environment = moto.environment
    environment["AWS_ENDPOINT_URL_LAMBDA"] = "http://\(lambda.address)"
    environment["AWS_LAMBDA_RUNTIME_API"] = lambda.address
    environment["RCE_QUEUE_URL"] = url
    environment["RCE_CODE_BUCKET"] = "code"
    environment["RCE_CODE_PREFIX"] = "jobs/"
    environment["RCE_REDIS_URL"] = redis.address.description
    if let secure {
      let user: [RedisArgument] = ["~*", "&*", "+@all"]
      try redis.send(["ACL", "SETUSER", "platform", "on", ">\(Self.password)"] + user)
      environment["RCE_REDIS_URL"] =
        "rediss://platform:\(Self.password)@127.0.0.1:\(secure.port)?cacert=\(secure.certificates["ca.pem"])"
    }
    environment["RCE_EXECUTOR_FUNCTION"] = "arn:aws:lambda:us-east-1:123456789012:function:executor:live"
    environment["RCE_MAXIMUM_RECEIVES"] = "3"
    if let variable { environment[variable] = nil }
    self.environment = environment
    let source = AWSCredentialSource(environment: environment)
    let client = { AWSClient(service: $0, region: "us-east-1", credentials: source) }
    let endpoint = try AWSEndpoint(service: "sqs", region: "us-east-1", environment: environment)
    queue = SQS(client("sqs"), endpoint, queueURL: url)
    dead = SQS(client("sqs"), endpoint, queueURL: deadURL)
    codes = S3CodeStore(S3(client("s3"), endpoint, bucket: "code", inPath: true), prefix: "jobs/")
    statuses = RedisJobStatusStore(RedisPool(redis.address), PlatformConfiguration())
    process = try Self.start("rce-dispatcher", environment)
  }

  deinit {
    process.end()
    gateway?.end()
  }

  private static func start(_ program: String, _ environment: [String: String]) throws -> OwnedProcess {
    let built = try ExecutorProcess.path().split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    return try OwnedProcess(
      ProcessRequest("\(built)/\(program)", [], environment: environment.map { "\($0.key)=\($0.value)" }))
  }

  /// Starts rce-api on the same services, as a function of its own.
  func startGateway() throws -> LambdaStandIn {
    let runtime = try LambdaStandIn { _ in (500, "", nil) }
    var environment = environment
    environment["AWS_LAMBDA_RUNTIME_API"] = runtime.address
    gateway = try Self.start("rce-api", environment)
    return runtime
  }

  /// Ends what stands for AWS; Redis stays.
  func stopServices() {
    moto.stop()
  }

  func redisKeys(containing text: String) throws -> [String] {
    (try redis.send(["KEYS", RedisArgument("*\(text)*")]).array ?? []).compactMap(\.text)
  }

  /// Takes a job in whose message only a newer version could read.
  func acceptUnreadable() throws -> JobID {
    let job = JobID()
    try record(job, receivedAt: WallClock.microseconds)
    try queue.send(#"{"jobId":"\#(job)","shape":"newer"}"#)
    return job
  }

  private func record(_ job: JobID, receivedAt: Int64) throws {
    try redis.send([
      "HSET", RedisArgument(PlatformConfiguration().statusKey(of: job)), "state", "queued", "timestamp",
      RedisArgument(WallClock.milliseconds), "s0", RedisArgument(receivedAt), "s1", RedisArgument(receivedAt),
    ])
  }

  /// Takes a job in: its record in Redis, its message in the queue, its code in either.
  func accept(code: String, inBucket: Bool) throws {
    let message = JobMessage(
      jobId: JobID(), language: .python, code: inBucket ? nil : code, limits: ResourceLimits(),
      receivedAt: WallClock.microseconds)
    try record(message.jobId, receivedAt: message.receivedAt)
    if inBucket { try codes.put(code, for: message.jobId) }
    try queue.send(try QueueBody.text(of: message))
    jobs.append(message.jobId)
  }

  func receive(_ count: Int) throws -> [SQS.Message] {
    var received: [SQS.Message] = []
    while received.count < count {
      let more = try queue.receive(upTo: count - received.count, waitSeconds: 2)
      if more.isEmpty { break }
      received += more
    }
    return received
  }

  /// The event that Lambda makes of messages.
  static func event(_ messages: [SQS.Message]) -> String {
    struct Record: Encodable {
      var messageId: String
      var receiptHandle: String
      var body: String
      var attributes: [String: String]
      var messageAttributes: [String: String] = [:]
      var md5OfBody = ""
      var eventSource = "aws:sqs"
      var eventSourceARN = "arn:aws:sqs:us-east-1:123456789012:jobs"
      var awsRegion = "us-east-1"
    }
    let records = messages.map {
      Record(
        messageId: $0.MessageId, receiptHandle: $0.ReceiptHandle, body: $0.Body, attributes: $0.Attributes ?? [:])
    }
    return (try? JSONEncoder().encode(["Records": records])).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
