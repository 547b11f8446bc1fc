import AWSBackends
import AWSServices
import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

/// What SQS and S3 have beside the platform's promises.
@Suite struct ServiceSeamTests {
  private let moto: MotoServer
  private let environment: PlatformEnvironment

  init() throws {
    moto = try MotoServer()
    try moto.makeBucket("code")
    var variables = moto.environment
    variables["RCE_QUEUE_URL"] = try moto.makeQueue("jobs")
    variables["RCE_CODE_BUCKET"] = "code"
    environment = try PlatformEnvironment(variables)
  }

  @Test func `a service that is gone is unavailable, so that nothing is given up`() throws {
    let queue = SQSJobQueue(try environment.queue("RCE_QUEUE_URL"))
    let store = try environment.codes()
    moto.stop()
    do throws(BackendError) {
      _ = try queue.depth()
      Issue.record("a queue that is gone was read")
    } catch {
      #expect(error.kind == .unavailable)
    }
    do throws(BackendError) {
      _ = try store.code(of: JobID())
      Issue.record("a bucket that is gone was read")
    } catch {
      #expect(error.kind == .unavailable)
    }
  }

  @Test(arguments: [
    ["SentTimestamp": "1700000000000", "ApproximateReceiveCount": "2"],
    ["SentTimestamp": "1.7E12", "ApproximateReceiveCount": "2"],
  ])
  func `attributes are read as they have been seen`(_ attributes: [String: String]) throws {
    let message = JobMessage(jobId: JobID(), language: .python, code: "", limits: ResourceLimits(), receivedAt: 1)
    let received = try #require(
      QueueBody.delivery(of: try QueueBody.text(of: message), receipt: "r", attributes: attributes))
    #expect(received.sentAt == 1_700_000_000_000_000 && received.attempt == 2)
    #expect(QueueBody.delivery(of: "{}", receipt: "r", attributes: attributes) == nil)
  }

  @Test func `a queue of another region is told before anything is sent`() throws {
    var variables = ["AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "x"]
    variables["RCE_QUEUE_URL"] = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs"
    let environment = try PlatformEnvironment(variables)
    let error = #expect(throws: EnvironmentError.self) { try environment.queue("RCE_QUEUE_URL") }
    #expect(error?.description == "RCE_QUEUE_URL is a queue in the region us-east-1, but AWS_REGION is eu-west-1")
  }

  @Test(arguments: ["rediss://user:secret@host:0", "redis://:secret", "rediss://:secret@host?cert=x", "secret@host"])
  func `a wrong address of Redis is told without its password`(_ url: String) throws {
    let environment = try PlatformEnvironment(["AWS_REGION": "us-east-1", "RCE_REDIS_URL": url])
    let error = #expect(throws: EnvironmentError.self) { try environment.redis() }
    #expect(error?.description.hasPrefix("RCE_REDIS_URL: ") == true && error?.description.contains("secret") == false)
  }

  @Test func `a job whose message is too large is not accepted and leaves no record`() throws {
    let redis = try RedisServer()
    let intake = SQSJobIntake(
      RedisPool(redis.address), PlatformConfiguration(), try environment.queue("RCE_QUEUE_URL"))
    let message = JobMessage(
      jobId: JobID(), language: .python, code: "print(1)", stdin: .one(String(repeating: "x", count: 1 << 20)),
      limits: ResourceLimits(), receivedAt: 1)
    do throws(BackendError) {
      _ = try intake.accept(message, idempotencyKey: "key")
      Issue.record("it was accepted")
    } catch {
      #expect(error.kind == .tooLarge && error.description.contains("the queue takes 1048576"))
    }
    #expect(try redis.send(["KEYS", "*"]) == .array([]))
  }
}
