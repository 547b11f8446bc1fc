import HostSystem
import JobBackends
import Jobs
import TestServices
import Testing

/// What `JobIntake` and `JobQueue` promise, of every set of services.
@Suite struct QueueSeamTests {
  @Test(arguments: Seam.allCases)
  func `a message keeps its content and its count of deliveries until it is acknowledged`(_ seam: Seam) throws {
    let place = try SeamPlace(seam)
    let message = SeamPlace.message("int main() { return '\\0'; } // ü 😀 \" </script>")
    #expect(try place.intake.accept(message, idempotencyKey: nil) == .created(message.jobId))
    for attempt in 1...3 {
      let received = try #require(try place.receive(1).first)
      #expect(received.message == message && received.attempt == attempt)
      #expect(abs(received.sentAt - message.receivedAt) < 60_000_000)
      #expect(try place.queue.depth() == QueueDepth(waiting: 0, inFlight: 1, deadLetters: 0))
      if attempt < 3 { try place.queue.release(received) } else { try place.queue.acknowledge(received) }
    }
    #expect(try place.queue.depth() == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 0))
    #expect(try place.queue.receive(waitMilliseconds: 100) == nil)
  }

  @Test(arguments: Seam.allCases)
  func `a job that was taken in is known, and its key names it whatever is repeated`(_ seam: Seam) throws {
    let place = try SeamPlace(seam)
    let first = SeamPlace.message("print(1)")
    let second = SeamPlace.message("print(2)")
    #expect(try place.intake.accept(first, idempotencyKey: "k") == .created(first.jobId))
    #expect(try place.intake.accept(second, idempotencyKey: "k") == .existing(first.jobId))
    #expect(try place.intake.accept(second, idempotencyKey: "other") == .created(second.jobId))
    let status = try #require(try place.statuses.status(of: first.jobId))
    #expect(status.status == .queued && status.timings?.s0 == first.receivedAt && status.timings?.s1 != nil)
    #expect(try Set(place.receive(2).map(\.message.jobId)) == [first.jobId, second.jobId])
    #expect(try place.queue.receive(waitMilliseconds: 100) == nil)
  }

  @Test(arguments: Seam.allCases)
  func `several come at once up to a number, and each is done with by itself`(_ seam: Seam) throws {
    let place = try SeamPlace(seam)
    let jobs = try Set((0..<5).map { _ in try place.submit() })
    let first = try place.queue.receive(upTo: 3, waitMilliseconds: 2_000)
    #expect((1...3).contains(first.count))
    let all = first + (try place.receive(5 - first.count))
    #expect(Set(all.map(\.message.jobId)) == jobs)
    for message in all.dropFirst() { try place.queue.acknowledge(message) }
    try place.queue.acknowledge(all[1])
    try place.queue.release(all[0])
    let again = try #require(try place.receive(1).first)
    #expect(again.message == all[0].message && again.attempt == 2)
    #expect(try place.queue.depth() == QueueDepth(waiting: 0, inFlight: 1, deadLetters: 0))
  }

  @Test(arguments: Seam.allCases)
  func `what is buried on its last delivery lies with the dead letters and comes no more`(_ seam: Seam) throws {
    let place = try SeamPlace(seam)
    try place.submit()
    for attempt in 1...SeamPlace.maximumReceives {
      let received = try #require(try place.receive(1).first)
      #expect(received.attempt == attempt)
      if attempt < SeamPlace.maximumReceives {
        try place.queue.release(received)
      } else {
        try place.queue.bury(received, reason: "tried too often")
      }
    }
    #expect(try Self.liesDead(place))
  }

  @Test(
    arguments: Seam.allCases,
    ["no JSON at all", "{}", #"{"jobId":"00000000-0000-4000-8000-000000000001","language":7}"#])
  func `what is no job message stops nothing and ends with the dead letters`(_ seam: Seam, _ text: String) throws {
    let place = try SeamPlace(seam)
    try place.sendRaw(text)
    let job = try place.submit()
    var received: ReceivedMessage?
    // A queue may say once that it found such a message.
    _ = eventually {
      received = received ?? (try? place.queue.receive(waitMilliseconds: 500))
      return received != nil
    }
    try place.queue.acknowledge(try #require(received))
    #expect(received?.message.jobId == job)
    #expect(try Self.liesDead(place))
  }

  @Test(arguments: Seam.allCases)
  func `an empty queue is waited for and no longer than asked`(_ seam: Seam) throws {
    let place = try SeamPlace(seam)
    let start = MonotonicInstant.now
    #expect(try place.queue.receive(waitMilliseconds: 1_000) == nil)
    #expect(MonotonicInstant.now - start >= 900_000_000)
    #expect(try place.queue.depth() == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 0))
  }

  @Test(arguments: Seam.allCases)
  func `a queue that is gone is unavailable, so that nothing is given up`(_ seam: Seam) throws {
    let place = try SeamPlace(seam, isAlone: true)
    let job = try place.submit()
    let received = try #require(try place.receive(1).first)
    #expect(received.message.jobId == job)
    place.stopQueue()
    #expect(Self.kind { _ = try place.queue.receive(waitMilliseconds: 0) } == .unavailable)
    #expect(Self.kind { try place.queue.acknowledge(received) } == .unavailable)
    #expect(Self.kind { _ = try place.queue.depth() } == .unavailable)
    #expect(
      Self.kind { _ = try place.intake.accept(SeamPlace.message(""), idempotencyKey: nil) } == .unavailable)
  }

  /// The kind of the error that a body throws; nil where it throws none.
  private static func kind(_ body: () throws -> Void) -> BackendError.Kind? {
    do {
      try body()
      return nil
    } catch {
      return (error as? BackendError)?.kind
    }
  }

  /// Whether one message is with the dead letters, soon, and nothing else is anywhere.
  private static func liesDead(_ place: SeamPlace) throws -> Bool {
    eventually {
      let received = try? place.queue.receive(waitMilliseconds: 0)
      if received != nil { Issue.record("\(String(describing: received)) came again") }
      return (try? place.queue.depth()) == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 1)
    }
  }
}
