import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

@Suite("the queue")
struct RedisStreamQueueTests {
  @Test(
    "hands a message over as it was accepted",
    arguments: [
      TestPlatform.message(""), TestPlatform.message(nil), TestPlatform.message("ü\0\r\n\"\\"),
      JobMessage(
        jobId: JobID(), language: .cpp, code: String(repeating: "x", count: 65_536), stdin: "1 2\n", args: ["-a", ""],
        limits: ResourceLimits(wallTimeMs: 1, memoryMB: 7), receivedAt: 5),
    ])
  func whole(_ message: JobMessage) throws {
    let platform = try TestPlatform()
    _ = try platform.intake.accept(message, idempotencyKey: nil)
    let received = try #require(try platform.queue.receive(waitMilliseconds: 0))
    #expect(received.message == message)
    #expect(received.attempt == 1)
    #expect(try platform.queue.receive(waitMilliseconds: 0) == nil)
  }

  @Test("a wait without a message ends when it should, on a server without a stream")
  func empty() throws {
    let platform = try TestPlatform()
    let start = MonotonicInstant.now
    #expect(try platform.queue.receive(waitMilliseconds: 120) == nil)
    #expect(MonotonicInstant.now - start >= 119_000_000)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 0))
  }

  @Test("a consumer that waits is woken by a submission and by a release")
  func wakes() throws {
    let platform = try TestPlatform()
    let received = Lock<[ReceivedMessage]>([])
    let consumer = try NativeThread(named: "consumer") {
      for _ in 0..<2 {
        if let message = try? platform.queue.receive(waitMilliseconds: 10_000) {
          received.withLock { $0.append(message) }
          received.notifyAll()
        }
      }
    }
    let start = MonotonicInstant.now
    let job = try platform.submit()
    let first = try #require(received.wait(until: start + 5_000_000_000) { $0.first })
    #expect(first.message.jobId == job)
    try platform.queue.release(first)
    let second = try #require(received.wait(until: start + 5_000_000_000) { $0.count == 2 ? $0.last : nil })
    #expect(second.message == first.message)
    #expect(second.sentAt == first.sentAt, "queue wait counts from the submission")
    #expect(second.attempt == 2)
    consumer.join()
  }

  @Test("what is acknowledged is gone; what is in flight is counted")
  func depth() throws {
    let platform = try TestPlatform()
    for _ in 0..<3 { try platform.submit() }
    #expect(try platform.queue.depth() == QueueDepth(waiting: 3, inFlight: 0, deadLetters: 0))
    let first = try #require(try platform.queue.receive(waitMilliseconds: 0))
    let second = try #require(try platform.queue.receive(waitMilliseconds: 0))
    #expect(try platform.queue.depth() == QueueDepth(waiting: 1, inFlight: 2, deadLetters: 0))
    try platform.queue.acknowledge(first)
    try platform.queue.acknowledge(first)
    try platform.queue.bury(second, reason: "no use")
    #expect(try platform.queue.depth() == QueueDepth(waiting: 1, inFlight: 0, deadLetters: 1))
    #expect(try platform.server.send(["XLEN", RedisArgument(platform.configuration.streamKey)]).integer == 1)
  }

  @Test("eight consumers share the messages without handing one out twice")
  func share() throws {
    let platform = try TestPlatform()
    let jobs = try Set((0..<200).map { _ in try platform.submit() })
    let received = Lock<[JobID]>([])
    let consumers = try (0..<8).map { number in
      try NativeThread(named: "consumer") {
        let queue = platform.consumer("consumer \(number % 2)")
        while let message = try? queue.receive(waitMilliseconds: 50) {
          try? queue.acknowledge(message)
          received.withLock { $0.append(message.message.jobId) }
        }
      }
    }
    for consumer in consumers { consumer.join() }
    let all = received.withLock { $0 }
    #expect(all.count == 200)
    #expect(Set(all) == jobs)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 0))
  }

  @Test("a dead letter keeps the message, its count and the reason")
  func bury() throws {
    let platform = try TestPlatform()
    try platform.submit("code")
    let received = try #require(try platform.queue.receive(waitMilliseconds: 0))
    try platform.queue.bury(received, reason: "tried too often")
    try platform.queue.bury(received, reason: "twice")
    let letters = try #require(
      try platform.server.send(["XRANGE", RedisArgument(platform.configuration.deadLetterKey), "-", "+"]).array)
    #expect(letters.count == 1)
    let fields = try #require(letters.first?.array?.last?.fields)
    #expect(fields["reason"]?.text == "tried too often")
    #expect(fields["attempt"]?.integer == 1)
    #expect(fields["code"]?.text == "code")
  }

  @Test("a stream that is deleted under a waiting consumer comes back with its group")
  func flush() throws {
    let platform = try TestPlatform()
    let received = Lock<JobID?>(nil)
    let consumer = try NativeThread(named: "consumer") {
      let message = try? platform.queue.receive(waitMilliseconds: 5_000)
      received.withLock { $0 = message?.message.jobId }
    }
    #expect(try eventually { try isBlocked(platform) })
    try platform.server.send(["FLUSHALL"])
    #expect(try eventually { try isBlocked(platform) })
    let job = try platform.submit()
    consumer.join()
    #expect(received.withLock { $0 } == job)
  }

  @Test("a message that nobody can read is moved away and reported, and does not stop the queue")
  func unreadable() throws {
    let platform = try TestPlatform()
    try platform.server.send(["XADD", RedisArgument(platform.configuration.streamKey), "*", "hello", "world"])
    let job = try platform.submit()
    #expect(
      try kind { () throws(BackendError) in _ = try platform.queue.receive(waitMilliseconds: 0) } == .invalid)
    #expect(try platform.queue.receive(waitMilliseconds: 0)?.message.jobId == job)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 1, deadLetters: 1))
  }

  @Test("a job whose message nobody can read fails and says why, where the message names it")
  func unreadableJob() throws {
    let platform = try TestPlatform()
    let message = TestPlatform.message("print(1)")
    _ = try platform.intake.accept(message, idempotencyKey: nil)
    try platform.server.send(["DEL", RedisArgument(platform.configuration.streamKey)])
    let text = #"{"jobId":"\#(message.jobId)","language":{"newer":true}}"#
    try platform.server.send([
      "XADD", RedisArgument(platform.configuration.streamKey), "*", "accepted", "1", "deliveries", "0", "message",
      RedisArgument(text),
    ])
    #expect(
      try kind { () throws(BackendError) in _ = try platform.queue.receive(waitMilliseconds: 0) } == .invalid)
    let status = try #require(try platform.statuses.status(of: message.jobId))
    #expect(status.status == .failed && status.details?.errorType == .internalError)
    #expect(status.error?.contains("its message cannot be read") == true)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 1))
  }

  @Test("hands over what is there up to a number, in order, and does not wait for more")
  func several() throws {
    let platform = try TestPlatform()
    let jobs = try (0..<5).map { _ in try platform.submit() }
    let start = MonotonicInstant.now
    let first = try platform.queue.receive(upTo: 3, waitMilliseconds: 10_000)
    let second = try platform.queue.receive(upTo: 3, waitMilliseconds: 10_000)
    #expect(MonotonicInstant.now - start < 5_000_000_000)
    #expect(first.map(\.message.jobId) == Array(jobs[..<3]) && second.map(\.message.jobId) == Array(jobs[3...]))
    #expect((first + second).allSatisfy { $0.attempt == 1 })
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 5, deadLetters: 0))
    #expect(try platform.queue.receive(upTo: 3, waitMilliseconds: 0).isEmpty)
  }

  @Test("of several lets one be released and the others acknowledged")
  func partly() throws {
    let platform = try TestPlatform()
    for _ in 0..<3 { try platform.submit() }
    let messages = try platform.queue.receive(upTo: 10, waitMilliseconds: 0)
    try #require(messages.count == 3)
    try platform.queue.acknowledge(messages[0])
    try platform.queue.release(messages[1])
    try platform.queue.acknowledge(messages[2])
    let again = try platform.queue.receive(upTo: 10, waitMilliseconds: 0)
    #expect(again.map(\.message) == [messages[1].message] && again.first?.attempt == 2)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 1, deadLetters: 0))
  }

  @Test("a message that nobody can read does not hold up those that came with it, and is reported after them")
  func unreadableAmongOthers() throws {
    let platform = try TestPlatform()
    let before = try platform.submit()
    try platform.server.send(["XADD", RedisArgument(platform.configuration.streamKey), "*", "hello", "world"])
    let after = try platform.submit()
    #expect(try platform.queue.receive(upTo: 10, waitMilliseconds: 0).map(\.message.jobId) == [before, after])
    #expect(
      try kind { () throws(BackendError) in _ = try platform.queue.receive(upTo: 10, waitMilliseconds: 0) } == .invalid)
    #expect(try platform.queue.receive(upTo: 10, waitMilliseconds: 0).isEmpty)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 2, deadLetters: 1))
  }

  private func isBlocked(_ platform: TestPlatform) throws -> Bool {
    try platform.server.send(["INFO", "clients"]).text?.contains("blocked_clients:1") ?? false
  }
}
