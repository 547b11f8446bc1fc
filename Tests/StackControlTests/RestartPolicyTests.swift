import HostSystem
import StackControl
import Testing

@Suite("A restart policy")
struct RestartPolicyTests {
  private func instant(_ seconds: Double) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: Int64(seconds * 1e9))
  }

  @Test("restarts at once after the first death, and later and later after the next ones")
  func backsOff() {
    var policy = RestartPolicy()
    let decisions = (1...5).map { policy.died(.api, at: instant(Double($0))) }
    #expect(
      decisions == [
        .restart(after: 0), .restart(after: 100_000_000), .restart(after: 200_000_000), .restart(after: 400_000_000),
        .restart(after: 800_000_000),
      ])
  }

  @Test("gives up after the sixth death within a minute, of the same program only")
  func givesUp() {
    var policy = RestartPolicy()
    for second in 1...5 { _ = policy.died(.host, at: instant(Double(second))) }
    #expect(policy.died(.redis, at: instant(6)) == .restart(after: 0))
    #expect(policy.died(.host, at: instant(6)) == .giveUp)
  }

  @Test("forgets deaths that are more than a minute old")
  func forgets() {
    var policy = RestartPolicy()
    for second in 1...5 { _ = policy.died(.host, at: instant(Double(second))) }
    #expect(policy.died(.host, at: instant(70)) == .restart(after: 0))
  }
}
