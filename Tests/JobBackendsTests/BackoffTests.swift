import JobBackends
import Testing

@Suite("pauses between tries")
struct BackoffTests {
  @Test("double up to the longest and start again after a success")
  func doubles() {
    var backoff = Backoff(first: .milliseconds(50), longest: .milliseconds(300))
    #expect((0..<5).map { _ in backoff.next() } == [50, 100, 200, 300, 300].map { Duration.milliseconds($0) })
    backoff.reset()
    #expect(backoff.next() == .milliseconds(50))
  }
}
