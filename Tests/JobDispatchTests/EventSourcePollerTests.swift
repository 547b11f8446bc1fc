import HostSystem
import JobDispatch
import TestServices
import Testing

@Suite("A poller of an event source")
struct EventSourcePollerTests {
  private static func at(_ milliseconds: Int64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
  }

  @Test("without a ramp lets all consumers look at once, and no more than its limit")
  func local() {
    var poller = EventSourcePoller(limit: 3, ramp: nil)
    for _ in 0..<3 { #expect(poller.wants(at: Self.at(0)) == .look) }
    #expect(poller.wants(at: Self.at(0)) == .wait(until: nil))
    poller.looked(found: true, at: Self.at(1))
    #expect(poller.wants(at: Self.at(1)) == .wait(until: nil), "who has a batch counts as who looks")
    poller.looked(found: false, at: Self.at(2))
    #expect(poller.wants(at: Self.at(2)) == .look)
    poller.finished()
    #expect(poller.wants(at: Self.at(3)) == .look)
    #expect(poller.looking == 3 && poller.running == 0)
  }

  @Test("with a ramp lets 5 look at first, and one more each 200 ms while they find messages")
  func ramp() {
    var poller = EventSourcePoller(limit: 7, ramp: .lambda)
    for _ in 0..<5 { #expect(poller.wants(at: Self.at(0)) == .look) }
    #expect(poller.wants(at: Self.at(0)) == .wait(until: nil))
    poller.looked(found: true, at: Self.at(0))
    #expect(poller.wants(at: Self.at(50)) == .wait(until: Self.at(200)))
    #expect(poller.wants(at: Self.at(200)) == .look)
    #expect(poller.wants(at: Self.at(200)) == .wait(until: Self.at(400)))
    #expect(poller.wants(at: Self.at(400)) == .look)
    #expect(poller.wants(at: Self.at(9_000)) == .wait(until: nil), "the limit is below what the ramp would allow")
    #expect(poller.allowed(at: Self.at(9_000)) == 7)
  }

  @Test("falls back to the start of its ramp when the source is empty and nothing is in hand")
  func idle() {
    var poller = EventSourcePoller(limit: 100, ramp: .lambda)
    #expect(poller.wants(at: Self.at(0)) == .look)
    poller.looked(found: true, at: Self.at(0))
    #expect(poller.wants(at: Self.at(4_000)) == .look)
    poller.looked(found: false, at: Self.at(4_000))
    #expect(poller.allowed(at: Self.at(5_000)) == 25, "a batch is still in hand")
    poller.finished()
    #expect(poller.allowed(at: Self.at(5_000)) == 5)
  }

  @Test(
    "under random events never lets more look or run than it allows, and never less than its start", arguments: 1...20)
  func walk(seed: UInt64) {
    var random = SplitMix(state: seed)
    let limit = Int.random(in: 1...40, using: &random)
    let ramp = ConcurrencyRamp(start: 2, perMinute: 6_000, most: 30)
    var poller = EventSourcePoller(limit: limit, ramp: ramp)
    var now: Int64 = 0
    for step in 0..<4_000 {
      now += Int64.random(in: 0...5, using: &random)
      let before = poller.allowed(at: Self.at(now))
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<5:
        let room = before - poller.looking - poller.running
        let permission = poller.wants(at: Self.at(now))
        #expect((permission == .look) == (room > 0), "seed \(seed), step \(step)")
        if case .wait(let until?) = permission { #expect(until > Self.at(now), "seed \(seed), step \(step)") }
      case 5..<8 where poller.looking > 0:
        poller.looked(found: Int.random(in: 0..<4, using: &random) > 0, at: Self.at(now))
      case 8..<10 where poller.running > 0: poller.finished()
      default: break
      }
      let allowed = poller.allowed(at: Self.at(now))
      #expect(allowed >= min(2, limit) && allowed <= min(30, limit), "seed \(seed), step \(step)")
      // It may fall below what is in hand only by falling back to its start, which is when nothing runs.
      if poller.running > 0 { #expect(allowed >= before, "seed \(seed), step \(step)") }
    }
  }
}
