import Jobs
import LoadGeneration
import RunRecords
import Scenarios
import Testing

@Suite struct ValiditySampleTests {
  private func record(_ index: Int, t0: Double, t1: Double?, end: Double) -> JobRecord {
    func instant(_ seconds: Double) -> Int64 { Int64(seconds * 1e9) }
    var record = JobRecord(
      index: index, phase: "steady", recorded: true, entry: "a", language: .python, outcome: .succeeded,
      t0: instant(t0), endedAt: instant(end))
    record.t1 = t1.map(instant)
    return record
  }

  @Test("each second says what was due, what was sent and how late, and what was in flight at its end")
  func pace() {
    var pace = PaceRecord()
    for record in [
      record(0, t0: 0.1, t1: 0.1005, end: 0.2), record(1, t0: 0.9, t1: 0.902, end: 2.5),
      record(2, t0: 0.95, t1: 1.45, end: 1.5), record(3, t0: 1, t1: nil, end: 3),
    ] { pace.add(record) }
    let samples = pace.samples(with: [])
    #expect(samples.map(\.planned) == [3, 1, 0])
    #expect(samples.map(\.sent) == [2, 1, 0])
    #expect(samples.map(\.late) == [1, 1, 0])
    #expect(samples.map(\.latenessMaximum) == [2_000_000, 500_000_000, 0])
    #expect(samples.map(\.inFlight) == [1, 1, 0])
  }

  @Test("what the machine did stands in the same seconds, also in those without a job")
  func joined() {
    var pace = PaceRecord()
    pace.add(record(0, t0: 0.1, t1: 0.1, end: 0.2))
    var host = ValiditySample(second: 1)
    host.hostIdle = 0.5
    let samples = pace.samples(with: [host])
    #expect(samples.map(\.second) == [0, 1])
    #expect(samples.map(\.hostIdle) == [nil, 0.5])
    #expect(samples.map(\.sent) == [1, 0])
  }

  @Test("a ticker that stays away marks every second in which it should have come")
  func ticker() {
    var ticker = TickerRecord()
    ticker.note(due: 10_000_000, at: 10_200_000)
    ticker.note(due: 1_990_000_000, at: 4_100_000_000)
    ticker.note(due: 5_000_000_000, at: 4_999_000_000)
    #expect(ticker.lateness(in: 0) == 200_000)
    #expect((1...4).allSatisfy { ticker.lateness(in: $0) == 2_110_000_000 })
    #expect(ticker.lateness(in: 5) == 0)
  }

  @Test("shares are of the time between two readings, thread by thread")
  func host() throws {
    func schedule(_ running: Int64, _ waiting: Int64) throws -> ThreadSchedule {
      try #require(ThreadSchedule(parsing: "\(running) \(waiting) 1\n"))
    }
    let earlier = try HostReading(
      instant: 0, processors: ProcessorTimes(total: 100, idle: 50, steal: 0),
      threads: [0: schedule(100_000_000, 10_000_000), 2: schedule(5, 5)])
    let later = try HostReading(
      instant: 2_000_000_000, processors: ProcessorTimes(total: 300, idle: 100, steal: 10),
      threads: [0: schedule(600_000_000, 30_000_000), 1: schedule(1_000_000_000, 0)])
    let sample = later.sample(since: earlier)
    #expect(sample.hostIdle == 0.25)
    #expect(sample.steal == 0.05)
    #expect(sample.loops == [.init(cpuShare: 0.25, waitingShare: 0.01), .init(cpuShare: 0.5, waitingShare: 0)])
  }

  @Test("a run leaves a sample for each of its seconds, with its loop in them")
  func ofARun() throws {
    let platform = try TestPlatform()
    defer { platform.stop() }
    let run = try TestRun(TestRun.plan(.constant(rate: 40, for: .milliseconds(2_500))), platform.url)
    let samples = run.measurement.samples
    #expect(samples.map(\.second) == Array(samples.indices) && samples.count >= 2)
    #expect(samples.reduce(0) { $0 + $1.planned } == 100)
    #expect(samples.reduce(0) { $0 + $1.sent } == 100)
    #expect(samples.last?.inFlight == 0)
    #expect(samples[0].loops.count >= 1 && samples[1].loops.count >= 1)
    #expect(samples[1].loops.allSatisfy { $0.cpuShare > 0 && $0.cpuShare <= 1.1 })
    #expect(samples[1].tickerLateness != nil && samples[1].hostIdle != nil)
  }
}
