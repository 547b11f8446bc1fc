import Jobs
import LoadGeneration
import RunRecords
import Scenarios
import Testing

@Suite("The loop's bookkeeping")
struct BookkeepingTests {
  @Test("fires timers in the order of their instants, and none before its time")
  func timers() {
    var queue = TimerQueue()
    var stream = RandomStream(seed: 5, purpose: 9, index: 0)
    let instants = (0..<500).map { _ in Int64(stream.below(1_000)) }
    for (slot, instant) in instants.enumerated() {
      queue.add(.init(instant: instant, slot: slot, purpose: .wake(slot)))
    }
    var taken: [Int64] = []
    while let entry = queue.take(by: 500) {
      #expect(instants[entry.slot] == entry.instant)
      taken.append(entry.instant)
    }
    #expect(taken == instants.filter { $0 <= 500 }.sorted())
    #expect(queue.next == instants.filter { $0 > 500 }.min())
  }

  @Test("integrates jobs in flight over the recorded phases only")
  func integral() {
    var integral = InFlightIntegral(from: 0)
    integral.change(by: 1, at: 10)
    integral.record(true, at: 100)
    integral.change(by: 1, at: 150)
    integral.change(by: -1, at: 180)
    integral.record(false, at: 200)
    integral.change(by: -1, at: 300)
    // One job for 100 and a second for 30, over 100.
    #expect(integral.mean == 1.3 && integral.current == 0)
    #expect(InFlightIntegral(from: 0).mean == nil)
  }

  @Test("reads how processors and threads spend their time")
  func processor() throws {
    let text = "cpu  100 0 50 800 20 0 5 25 7 0\ncpu0 1 2 3\n"
    let times = try #require(ProcessorTimes(parsing: text))
    #expect(times == ProcessorTimes(total: 1_000, idle: 820, steal: 25))
    let shares = try #require(
      times.shares(since: ProcessorTimes(total: 900, idle: 770, steal: 20)))
    #expect(shares.idle == 0.5 && shares.steal == 0.05)
    #expect(times.shares(since: times) == nil && ProcessorTimes(parsing: "cpu x") == nil)
    let schedule = try #require(ThreadSchedule(parsing: "12 34 5\n"))
    #expect(schedule.running == 12 && schedule.waiting == 34 && ThreadSchedule(parsing: "") == nil)
  }

  @Test(
    "finds the host of a URL",
    arguments: [
      ("http://127.0.0.1:80/x", "127.0.0.1"), ("https://a.example", "a.example"), ("http://u:p@[::1]:5/", "::1"),
    ])
  func hosts(url: String, host: String) {
    #expect(Target.host(of: url) == host)
  }

  @Test("knows a target on this machine and hides its password")
  func targets() {
    let local = Target(baseURL: "http://u:p@127.0.0.1:80/", TargetSpecification(place: .local))
    #expect(local.isOnThisMachine && local.displayURL == "http://***@127.0.0.1:80")
    // A documentation address (RFC 5737) is nobody's.
    #expect(!Target(baseURL: "http://192.0.2.1", TargetSpecification(place: .local)).isOnThisMachine)
  }
}

@Suite("A threshold that may end a run")
struct AbortMonitorTests {
  private static func record(_ outcome: JobOutcome, e2e: Int64? = nil, phase: String = "steady") -> JobRecord {
    var record = JobRecord(
      index: 0, phase: phase, recorded: true, entry: "a", language: .python, outcome: outcome, t0: 0, endedAt: 1)
    record.t7 = e2e
    return record
  }

  private static func monitor(_ text: String, after: Double = 0) throws -> AbortMonitor {
    var threshold = try Threshold(parsing: text)
    threshold.abort = true
    threshold.afterSeconds = after
    return AbortMonitor([threshold], clock: RunClock(startedAt: 0))
  }

  @Test("trips when its condition is true, and not before its time")
  func rate() throws {
    var monitor = try Self.monitor("rate(failed) > 20%", after: 30)
    #expect(monitor.tripped(atSeconds: 99) == nil)
    for outcome in [JobOutcome.succeeded, .succeeded, .succeeded, .succeeded, .failed] {
      monitor.add(Self.record(outcome))
    }
    #expect(monitor.tripped(atSeconds: 31) == nil)
    monitor.add(Self.record(.failed))
    #expect(monitor.tripped(atSeconds: 29) == nil)
    #expect(monitor.tripped(atSeconds: 31)?.text == "rate(failed) > 20%")
  }

  @Test("looks only at the jobs that its filters leave")
  func filters() throws {
    var monitor = try Self.monitor("count(lost){phase=steady, language=python, entry=a} >= 1")
    monitor.add(Self.record(.lost, phase: "warm-up"))
    #expect(monitor.tripped(atSeconds: 1) == nil)
    monitor.add(Self.record(.lost))
    #expect(monitor.tripped(atSeconds: 1) != nil)
  }

  @Test(
    "compares series in seconds",
    arguments: [
      ("max(e2e) > 1s", true), ("max(e2e) > 3s", false), ("mean(e2e) > 1400ms", true), ("min(e2e) > 1s", false),
      ("p50(e2e) > 900ms", true),
    ])
  func series(text: String, trips: Bool) throws {
    var monitor = try Self.monitor(text)
    for index in 0..<20 { monitor.add(Self.record(.succeeded, e2e: index < 10 ? 1_000_000_000 : 2_000_000_000)) }
    #expect((monitor.tripped(atSeconds: 0) != nil) == trips)
  }

  @Test("without abort never ends a run")
  func promises() throws {
    var monitor = AbortMonitor([try Threshold(parsing: "count(lost) >= 0")], clock: RunClock(startedAt: 0))
    monitor.add(Self.record(.lost))
    #expect(monitor.tripped(atSeconds: 9) == nil)
  }
}
