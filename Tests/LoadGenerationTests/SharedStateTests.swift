import HostSystem
import Jobs
import LoadGeneration
import RunRecords
import Testing

@Suite("What loops have in common")
struct SharedStateTests {
  private static func record(_ index: Int) -> JobRecord {
    JobRecord(
      index: index, phase: "steady", recorded: true, entry: "entry \(index)", language: .python, outcome: .succeeded,
      t0: Int64(index), endedAt: 0)
  }

  @Test("carries records through a ring in order, each once, while both sides run")
  func ring() throws {
    let ring = RecordRing(capacity: 64)
    let count = 20_000
    let producer = try NativeThread(named: "producer") {
      var outlet = RecordOutlet(ring)
      for index in 0..<count { outlet.write(Self.record(index)) }
      while outlet.waiting > 0 { outlet.flush() }
    }
    var seen: [JobRecord] = []
    while seen.count < count { ring.drain(into: &seen) }
    producer.join()
    #expect(seen.map(\.index) == Array(0..<count) && seen.last?.entry == "entry \(count - 1)")
  }

  @Test("keeps what finds the ring full, in order, and lets go of it when there is room")
  func spill() {
    let ring = RecordRing(capacity: 8)
    var outlet = RecordOutlet(ring)
    for index in 0..<100 { outlet.write(Self.record(index)) }
    #expect(outlet.waiting == 92)
    var seen: [JobRecord] = []
    var index = 100
    while seen.count < 150 {
      ring.drain(into: &seen)
      if index < 150 { outlet.write(Self.record(index)) } else { outlet.flush() }
      index += 1
    }
    #expect(seen.map(\.index) == Array(0..<150) && outlet.waiting == 0)
  }

  @Test("frees records that nobody took")
  func abandoned() {
    let ring = RecordRing(capacity: 8)
    for index in 0..<3 { #expect(ring.push(Self.record(index))) }
  }

  @Test("never has more jobs in flight than the cap, whatever loops do at once")
  func limit() throws {
    let limit = InFlightLimit(5)
    let highest = Lock(0)
    let threads = try (0..<8).map { loop in
      try NativeThread(named: "limit") {
        var most = 0
        for _ in 0..<20_000 where limit.takeOrWait(loop: loop) {
          most = max(most, limit.current)
          _ = limit.giveBack()
        }
        highest.withLock { $0 = max($0, most) }
      }
    }
    for thread in threads { thread.join() }
    #expect(highest.withLock { $0 } <= 5 && limit.current == 0 && limit.maximum <= 5 && limit.maximum >= 1)
  }

  @Test("gives a loop that waits its word once")
  func word() {
    let limit = InFlightLimit(1)
    #expect(limit.takeOrWait(loop: 0) && !limit.takeOrWait(loop: 3) && !limit.take())
    #expect(limit.giveBack() == 1 << 3 && limit.take() && limit.giveBack() == 0 && limit.maximum == 1)
  }

  @Test("finds an id that jobs of two loops share")
  func ids() {
    for loops in [1, 4] {
      let register = JobIDRegister(loops: loops)
      #expect(register.insert("a") && register.insert("b") && !register.insert("a"))
      register.remove("a")
      #expect(register.insert("a") && !register.insert("b"))
    }
  }

  @Test("puts the loops' results together as one loop would have had them")
  func merged() throws {
    func result(_ scheduled: Int, end: RunEnd = .completed, length: Int64, share: Double) -> LoopResult {
      var inFlight = InFlightIntegral(from: 0)
      inFlight.record(true, at: 0)
      inFlight.change(by: 2, at: 0)
      inFlight.change(by: -2, at: length / 2)
      inFlight.record(false, at: length)
      return LoopResult(
        passages: [.init(phase: 0, start: 0, end: length, scheduled: scheduled)], scheduled: scheduled, end: end,
        duration: length, inFlight: inFlight, cpuShare: share, waitingShare: share / 2)
    }
    let merged = try #require(
      LoopResult.merged([
        result(10, length: 100, share: 0.2), result(9, end: .interrupted, length: 200, share: 0.6),
        result(9, length: 100, share: 0.1),
      ]))
    #expect(merged.passages == [.init(phase: 0, start: 0, end: 200, scheduled: 28)])
    #expect(merged.scheduled == 28 && merged.end == .interrupted && merged.duration == 200)
    #expect(merged.cpuShare == 0.6 && merged.waitingShare == 0.3)
    // 2 jobs for 50, 100 and 50 of 200.
    #expect(merged.inFlight.mean == 2)
    #expect(LoopResult.merged([]) == nil)
  }
}
