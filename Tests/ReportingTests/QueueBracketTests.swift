import Reporting
import RunRecords
import Testing

@Suite("The wait in the queue of a platform without instants")
struct QueueBracketTests {
  private static let millisecond: Int64 = 1_000_000

  /// Jobs that were found queued until 1 ms, 2 ms and so on after their acceptance, and running 100 ms later.
  private static func reading(_ count: Int) -> RunReading {
    var reading = SyntheticRun.steady()
    let jobs = reading.records.filter(\.recorded).prefix(count).enumerated().map { position, record in
      var record = record
      let t4 = (record.t1 ?? 0) + 2 * millisecond
      (record.timings, record.t3, record.t4) = (nil, t4 - millisecond, t4)
      record.queuedAt = t4 + Int64(position + 1) * millisecond
      record.startedBy = t4 + Int64(position + 101) * millisecond
      return record
    }
    reading.records = JobRecords(jobs)
    return reading
  }

  @Test("lies between bounds for every job")
  func jobs() {
    let record = Self.reading(1).records[0]
    #expect(record.queueWaitBracket == Self.millisecond...(102 * Self.millisecond))
    var unseen = record
    unseen.queuedAt = nil
    #expect(unseen.queueWaitBracket == 0...(102 * Self.millisecond))
    unseen.startedBy = nil
    #expect(unseen.queueWaitBracket == nil)
    let told = SyntheticRun.steady().records[0]
    #expect(told.queueWaitBracket == nil)
  }

  @Test("is an interval in every report, where there are jobs enough for a quantile, and never one number")
  func reports() throws {
    let report = RunReport(Self.reading(100))
    let bracket = try #require(RunFigures(Self.reading(100)).queueBracket)
    #expect(bracket.quantile(0.5) == (50 * Self.millisecond)...(151 * Self.millisecond))
    #expect(bracket.quantile(0.95) == nil && bracket.maximum.upperBound == 201 * Self.millisecond)
    #expect(
      report.terminal().contains(
        "queue wait    p50 between 50 ms and 151 ms   max between 100 ms and 201 ms, by polls"))
    #expect(report.html.contains("half of the jobs waited at most a time between"))
    #expect(report.json.contains(#""queueBracket""#) && !report.json.contains(#""series" : "queue_wait""#))
    #expect(!RunReport(Self.reading(5)).terminal().contains("queue wait    p50"))
  }

  @Test("is not there where the platform tells its instants")
  func told() {
    #expect(RunFigures(SyntheticRun.steady()).queueBracket == nil)
  }
}

@Suite("Submissions that were repeated")
struct RepeatedSubmissionTests {
  @Test("are load that every report tells of")
  func reports() {
    var reading = SyntheticRun.smoke()
    for index in reading.records.indices.prefix(17) { reading.records[index].retries = 2 }
    let report = RunReport(reading)
    #expect(RunFigures(reading).submissionsPerJob == 2)
    #expect(report.terminal().contains("submissions   2.00 a job: retries are load too"))
    #expect(report.html.contains("Some had to be submitted again: 2.00 submissions a job, all of them load."))
    #expect(report.json.contains(#""submissionsPerJob" : 2"#))
    #expect(!RunReport(SyntheticRun.smoke()).json.contains("submissionsPerJob"))
  }
}
