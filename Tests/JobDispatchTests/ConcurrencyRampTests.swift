import HostSystem
import JobDispatch
import Testing

@Suite("A ramp of concurrency")
struct ConcurrencyRampTests {
  private static func at(_ milliseconds: Int64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
  }

  @Test(
    "of Lambda starts with 5 and adds 300 a minute up to 1,250, for as long as messages wait",
    arguments: [
      (0, 5), (199, 5), (200, 6), (1_000, 10), (19_000, 100), (60_000, 305), (199_000, 1_000), (248_999, 1_249),
      (249_000, 1_250), (9_000_000, 1_250), (1_000_000_000_000, 1_250),
    ])
  func lambda(milliseconds: Int64, allowed: Int) {
    var ramp = ConcurrencyRamp.lambda
    #expect(ramp.allowed(at: Self.at(milliseconds)) == 5, "it does not grow before there are messages")
    ramp.found(at: Self.at(0))
    #expect(ramp.allowed(at: Self.at(milliseconds)) == allowed)
  }

  @Test("tells when the next is allowed, to the instant")
  func nextStep() {
    var ramp = ConcurrencyRamp.lambda
    #expect(ramp.nextStep(after: Self.at(0)) == nil)
    ramp.found(at: Self.at(1_000))
    #expect(ramp.nextStep(after: Self.at(1_000)) == Self.at(1_200))
    #expect(ramp.nextStep(after: Self.at(1_150)) == Self.at(1_200))
    #expect(ramp.nextStep(after: Self.at(1_200)) == Self.at(1_400))
    #expect(ramp.nextStep(after: Self.at(250_000)) == nil)
  }

  @Test("whose rate does not divide a minute is allowed what it said at the instant that it named")
  func unevenRate() {
    var ramp = ConcurrencyRamp(start: 1, perMinute: 7, most: 20)
    ramp.found(at: Self.at(0))
    var instant = Self.at(0)
    for expected in 2...20 {
      guard let next = ramp.nextStep(after: instant) else {
        Issue.record("no step after \(instant.nanoseconds)")
        return
      }
      #expect(ramp.allowed(at: MonotonicInstant(nanoseconds: next.nanoseconds - 1)) == expected - 1)
      #expect(ramp.allowed(at: next) == expected)
      instant = next
    }
    #expect(ramp.nextStep(after: instant) == nil)
  }

  @Test("stands still while no messages wait, and falls back to its start once nothing is in hand either")
  func pausesAndFalls() {
    var ramp = ConcurrencyRamp.lambda
    ramp.found(at: Self.at(0))
    ramp.foundNothing(at: Self.at(2_000))
    #expect(ramp.allowed(at: Self.at(60_000)) == 15)
    ramp.found(at: Self.at(60_000))
    ramp.emptied()
    #expect(ramp.allowed(at: Self.at(61_000)) == 20, "messages wait: what is in hand just ended")
    ramp.foundNothing(at: Self.at(61_000))
    ramp.foundNothing(at: Self.at(70_000))
    #expect(ramp.allowed(at: Self.at(70_000)) == 20)
    ramp.emptied()
    #expect(ramp.allowed(at: Self.at(70_000)) == 5)
  }
}
