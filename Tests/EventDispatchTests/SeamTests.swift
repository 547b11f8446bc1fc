import AWSBackends
import AWSServices
import HostSystem
import JobBackends
import Jobs
import TestServices
import Testing

/// What the platform's protocols promise, of SQS and S3.
@Suite struct SeamTests {
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

  @Test func `a message keeps its content and its count of deliveries until it is acknowledged`() throws {
    let sender = try environment.queue("RCE_QUEUE_URL")
    let queue = SQSJobQueue(sender)
    let message = JobMessage(
      jobId: JobID(), language: .cpp, code: "int main() { return '\\0'; } // ü 😀", stdin: "a\r\n\tb", args: ["-x", ""],
      limits: ResourceLimits(), receivedAt: WallClock.microseconds)
    try sender.send(try QueueBody.text(of: message))
    let first = try #require(try queue.receive(upTo: 10, waitMilliseconds: 1_000).first)
    #expect(first.message == message && first.attempt == 1)
    #expect(abs(first.sentAt - message.receivedAt) < 5_000_000)
    #expect(try queue.depth() == QueueDepth(waiting: 0, inFlight: 1, deadLetters: 0))
    try queue.release(first)
    let second = try #require(try queue.receive(upTo: 10, waitMilliseconds: 1_000).first)
    #expect(second.message == message && second.attempt == 2)
    try queue.acknowledge(second)
    #expect(try queue.depth() == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 0))
  }

  @Test func `source text is kept, replaced, and forgotten twice without complaint`() throws {
    let store: any CodeStore = try environment.codes()
    let job = JobID()
    #expect(try store.code(of: job) == nil)
    try store.put("first", for: job)
    try store.put("second ü", for: job)
    #expect(try store.code(of: job) == "second ü")
    try store.remove(job)
    try store.remove(job)
    #expect(try store.code(of: job) == nil)
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
}
