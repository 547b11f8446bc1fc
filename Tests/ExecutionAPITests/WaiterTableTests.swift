import ExecutionAPI
import HostSystem
import Jobs
import TestServices
import Testing

@Suite("The table of waiters")
struct WaiterTableTests {
  private let job = JobID()
  private let other = JobID()
  private var table = WaiterTable<String>()

  private func at(_ nanoseconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: nanoseconds) }

  @Test("lets all who wait for a job leave together, and nobody else")
  mutating func finished() {
    _ = table.add("a", for: job, until: at(10))
    _ = table.add("b", for: other, until: at(20))
    _ = table.add("c", for: job, until: at(30))
    #expect(Set(table.jobs) == [job, other])
    #expect(table.removeAll(waitingFor: job).sorted() == ["a", "c"])
    #expect(table.removeAll(waitingFor: job).isEmpty)
    #expect(!table.hasWaiters(for: job))
    #expect(table.hasWaiters(for: other))
    #expect(table.count == 1)
  }

  @Test("a waiter leaves once, by whichever way comes first")
  mutating func once() {
    let first = table.add("a", for: job, until: at(10))
    let second = table.add("b", for: job, until: at(10))
    #expect(table.remove(first) == "a")
    #expect(table.remove(first) == nil)
    #expect(table.removeAll(waitingFor: job) == ["b"])
    #expect(table.remove(second) == nil)
    #expect(table.removeExpired(at: at(10)).isEmpty)
    #expect(table.nextDeadline == nil)
  }

  @Test("those leave whose deadline has come, grouped by job")
  mutating func expired() {
    _ = table.add("a", for: job, until: at(10))
    _ = table.add("b", for: other, until: at(11))
    _ = table.add("c", for: job, until: at(9))
    _ = table.add("d", for: job, until: at(12))
    #expect(table.removeExpired(at: at(8)).isEmpty)
    #expect(table.removeExpired(at: at(11)).mapValues { $0.sorted() } == [job: ["a", "c"], other: ["b"]])
    #expect(table.nextDeadline == at(12))
    #expect(table.jobs == [job])
  }

  @Test("the next deadline is that of a waiter who is still there")
  mutating func next() {
    let early = table.add("a", for: job, until: at(10))
    _ = table.add("b", for: job, until: at(20))
    #expect(table.nextDeadline == at(10))
    _ = table.remove(early)
    #expect(table.nextDeadline == at(20))
    _ = table.removeAll(waitingFor: job)
    #expect(table.nextDeadline == nil)
  }

  @Test("keeps deadlines in order through thousands of arrivals and departures", arguments: [1, 2, 3] as [UInt64])
  mutating func random(seed: UInt64) {
    var generator = SplitMix(state: seed)
    var present: [WaiterTable<String>.ID: MonotonicInstant] = [:]
    for _ in 0..<5_000 {
      let deadline = at(Int64.random(in: 0..<1_000_000, using: &generator))
      present[table.add("", for: [job, other].randomElement(using: &generator) ?? job, until: deadline)] = deadline
      if let id = present.keys.randomElement(using: &generator), generator.next() % 3 != 0 {
        #expect(table.remove(id) != nil)
        present[id] = nil
      }
      #expect(table.nextDeadline == present.values.min())
    }
    while let next = table.nextDeadline {
      let count = table.removeExpired(at: next).values.reduce(0) { $0 + $1.count }
      #expect(count == present.values.count { $0 == next }, "seed \(seed)")
    }
    #expect(table.count == 0)
  }
}
