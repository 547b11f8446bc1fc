import Glibc
import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

@Suite("a message that comes again")
struct RedeliveryTests {
  /// Short enough that a test may wait for it, long enough that no live consumer loses a message by accident.
  private func platform(appendOnly: Bool = false, visibilityMilliseconds: Int = 100) throws -> TestPlatform {
    try TestPlatform(appendOnly: appendOnly) { $0.visibilityTimeoutMilliseconds = visibilityMilliseconds }
  }

  private enum Loss: Sendable {
    case release
    case crash
  }

  @Test(
    "counts its deliveries exactly, however the earlier ones ended",
    arguments: [
      [Loss.release, .release], [.crash, .crash], [.release, .crash], [.crash, .release],
      [
        .crash, .release, .crash, .crash, .release, .release,
      ],
    ])
  private func counts(_ losses: [Loss]) throws {
    let platform = try platform()
    let job = try platform.submit()
    for (index, loss) in losses.enumerated() {
      let queue = platform.consumer("consumer \(index)")
      let received = try #require(try queue.receive(waitMilliseconds: 5_000))
      #expect(received.message.jobId == job)
      #expect(received.attempt == index + 1)
      if loss == .release { try queue.release(received) }
    }
    let last = try #require(try platform.queue.receive(waitMilliseconds: 5_000))
    #expect(last.attempt == losses.count + 1)
    try platform.queue.acknowledge(last)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 0))
  }

  @Test("is not taken from a consumer before its time")
  func patience() throws {
    let platform = try platform()
    try platform.submit()
    let start = MonotonicInstant.now
    #expect(try platform.consumer("dies").receive(waitMilliseconds: 0) != nil)
    #expect(try platform.queue.receive(waitMilliseconds: 5_000)?.attempt == 2)
    #expect(MonotonicInstant.now - start >= 100_000_000)
  }

  @Test("all that a dead consumer held come again, one after the other, before new ones")
  func many() throws {
    // Longer than thirty deliveries take on a slow machine: the dead consumer would take again what it took first.
    let platform = try platform(visibilityMilliseconds: 3_000)
    let dead = platform.consumer("dies")
    let held = try Set((0..<30).map { _ in try platform.submit() })
    for _ in held { #expect(try dead.receive(waitMilliseconds: 0) != nil) }
    #expect(try eventually { try idle(platform) })
    let new = try platform.submit()
    var again: Set<JobID> = []
    for _ in held {
      let received = try #require(try platform.queue.receive(waitMilliseconds: 0))
      #expect(received.attempt == 2)
      again.insert(received.message.jobId)
      try platform.queue.acknowledge(received)
    }
    #expect(again == held)
    #expect(try platform.queue.receive(waitMilliseconds: 0)?.message.jobId == new)
  }

  @Test("a consumer that comes too late can neither release nor repeat what another one has now")
  func late() throws {
    let platform = try platform()
    try platform.submit()
    let slow = platform.consumer("slow")
    let first = try #require(try slow.receive(waitMilliseconds: 0))
    let second = try #require(try platform.queue.receive(waitMilliseconds: 5_000))
    try slow.release(first)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 1, deadLetters: 0))
    try platform.queue.release(second)
    try platform.queue.release(second)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 1, inFlight: 0, deadLetters: 0))
    let third = try #require(try platform.queue.receive(waitMilliseconds: 0))
    #expect(third.attempt == 3)
    try slow.acknowledge(third)
    try platform.queue.release(third)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 0))
  }

  @Test("a host that knows who is alive need not wait for the dead")
  func recover() throws {
    let platform = try TestPlatform()
    #expect(try platform.queue.recoverPending() == 0, "on a server without a stream")
    let jobs = try (0..<3).map { _ in try platform.submit() }
    let owners = ["dead", "alive", "first"].map { platform.consumer($0) }
    for owner in owners { #expect(try owner.receive(waitMilliseconds: 0) != nil) }
    #expect(try platform.queue.recoverPending(ofConsumersNotIn: ["alive"]) == 1)
    let received = try #require(try platform.queue.receive(waitMilliseconds: 0))
    #expect(received.message.jobId == jobs[0])
    #expect(received.attempt == 2)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 3, deadLetters: 0))
    let group: [RedisArgument] = [
      RedisArgument(platform.configuration.streamKey), RedisArgument(platform.configuration.groupName),
    ]
    let consumers = try #require(try platform.server.send(["XINFO", "CONSUMERS"] + group).array)
    #expect(Set(consumers.compactMap { $0.fields?["name"]?.text }) == ["alive", "first"])
  }

  @Test("nothing that was accepted is lost when the server is killed and started again")
  func durability() throws {
    let platform = try platform(appendOnly: true)
    let jobs = try (0..<5).map { _ in try platform.submit() }
    let inFlight = try #require(try platform.consumer("dies").receive(waitMilliseconds: 0))
    let done = try #require(try platform.queue.receive(waitMilliseconds: 0))
    try platform.queue.acknowledge(done)
    #expect(try platform.statuses.markRunning(inFlight.message.jobId, timings: JobTimings()))
    platform.server.stop(by: SIGKILL)
    try platform.server.start()
    var attempts: [JobID: Int] = [:]
    for _ in 0..<4 {
      let received = try #require(try platform.queue.receive(waitMilliseconds: 5_000))
      attempts[received.message.jobId] = received.attempt
    }
    #expect(Set(attempts.keys) == Set(jobs).subtracting([done.message.jobId]))
    #expect(attempts[inFlight.message.jobId] == 2)
    #expect(attempts.values.filter { $0 == 1 }.count == 3)
    for job in jobs {
      let expected: JobState = job == inFlight.message.jobId ? .running : .queued
      #expect(try platform.statuses.status(of: job)?.status == expected)
    }
  }

  /// Whether every message in flight has been so for longer than the visibility timeout.
  private func idle(_ platform: TestPlatform) throws -> Bool {
    let group: [RedisArgument] = [
      RedisArgument(platform.configuration.streamKey), RedisArgument(platform.configuration.groupName),
    ]
    let pending = try platform.server.send(
      ["XPENDING"] + group + [
        "IDLE", RedisArgument(platform.configuration.visibilityTimeoutMilliseconds), "-", "+", 100,
      ])
    return try pending.array?.count == platform.queue.depth().inFlight
  }
}
