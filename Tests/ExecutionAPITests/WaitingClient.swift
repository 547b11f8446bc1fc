import HostSystem
import Testing

/// A request whose answer takes its time, sent on a thread of its own.
final class WaitingClient: Sendable {
  private let result = Lock<Result<(answer: Answer, at: MonotonicInstant), any Error>?>(nil)
  private let thread = Lock<NativeThread?>(nil)

  init(_ platform: TestPlatform, _ ask: Ask, _ depth: Depth = .loopback) throws {
    let thread = try NativeThread(named: "waiting-client") { [result] in
      let answer = Result { (answer: try platform.send(ask, depth), at: MonotonicInstant.now) }
      result.withLock { $0 = answer }
    }
    self.thread.withLock { $0 = thread }
  }

  /// The answer, waited for; it must come so many seconds from now, and not only at the end of the client's wait.
  func answer(within seconds: Int64) throws -> Answer {
    let start = MonotonicInstant.now
    thread.withLock { $0.take() }?.join()
    let (answer, at) = try #require(result.withLock { $0 }).get()
    #expect(at - start < seconds * 1_000_000_000, "the answer took too long")
    return answer
  }
}
