import Foundation
import GRDB
import Glibc
import Jobs
import RunRecords
import Testing

@Suite struct RunStoreTests {
  private static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rce-run-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("what was written is read back, every field")
  func roundTrip() throws {
    try Self.withFolder { folder in
      var odd = MadeRuns.cold(1, t0: 3)
      (odd.outcome, odd.errorType, odd.reason, odd.excerpt) = (
        .failed, .timeout, "it's \"late\"", "a\0b</script>\u{1b}"
      )
      (odd.httpStatus, odd.polls, odd.retries, odd.bytes, odd.cpuTimeMs) = (202, 4, 1, 512, 1.25)
      (odd.queuedAt, odd.startedBy, odd.peakMemoryBytes) = (7, 9, 1 << 40)
      odd.timings?.start = .prewarmed
      odd.timings?.attempt = 2
      var bare = JobRecord(
        index: 2, phase: "p", recorded: false, entry: "e", language: .cpp, outcome: .dropped, t0: -5, endedAt: 7)
      bare.polls = 0
      let records = [MadeRuns.job(0, t0: 0), odd, bare]
      var info = MadeRuns.info(scheduled: 3)
      let writer = try RunWriter(creating: folder, info: info)
      try writer.append(Array(records.prefix(1)))
      try writer.append([])
      try writer.append(Array(records.suffix(2)))
      (info.partial, info.ending, info.durationSeconds) = (false, .completed, 12.5)
      try writer.finish(info)
      let reading = try RunReading(folder: folder)
      #expect(reading.info == info)
      var expected = records
      expected[1].excerpt = "a\u{2400}b</script>\u{1b}"
      #expect(reading.records == JobRecords(expected))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["run.sqlite"])
    }
  }

  @Test("how the generator did in each second is read back, loop by loop")
  func samples() throws {
    try Self.withFolder { folder in
      var first = ValiditySample(second: 0)
      (first.planned, first.sent, first.late, first.latenessMaximum, first.inFlight) = (5, 4, 1, 2_000_000, 3)
      (first.hostIdle, first.steal, first.tickerLateness) = (0.5, 0.25, 100_000_001)
      first.loops = [.init(cpuShare: 0.5, waitingShare: 0.125), .init(cpuShare: 0.25, waitingShare: 0)]
      let samples = [first, ValiditySample(second: 1)]
      let writer = try RunWriter(creating: folder, info: MadeRuns.info(scheduled: 0))
      try writer.finish(MadeRuns.info(scheduled: 0), samples: samples)
      #expect(try RunReading(folder: folder).samples == samples)
      #expect(try Self.row("SELECT sum(cpu) FROM loop_sample", in: folder) == Row(["sum(cpu)": 0.75]))
    }
  }

  @Test("windows and thresholds are there for SQL")
  func tables() throws {
    try Self.withFolder { folder in
      let made = MadeRuns.steady(120)
      let writer = try RunWriter(creating: folder, info: made.info)
      try writer.append(made.records)
      try writer.finish(made.info)
      let sums = try Self.row("SELECT sum(offered) FROM window WHERE completed = good", in: folder)
      #expect(sums == Row(["sum(offered)": 120]))
      #expect(try Self.row("SELECT text FROM threshold", in: folder) == Row(["text": "p95(e2e) < 2s"]))
      #expect(try Self.row("SELECT partial FROM run", in: folder) == Row(["partial": 0]))
    }
  }

  private static func row(_ sql: String, in folder: String) throws -> Row? {
    try DatabaseQueue(path: folder + "/run.sqlite").read { try Row.fetchOne($0, sql: sql) }
  }

  @Test("a killed generator leaves a readable run that says it is partial")
  func killed() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rce-run-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
      try Self.writeAndDie(folder)
    }
    let reading = try RunReading(folder: folder)
    #expect(reading.info.partial)
    #expect(reading.info.endReason == "the generator ended without finishing the run")
    #expect(reading.records.elementsEqual(MadeRuns.steady(50).records.prefix(30)))
    #expect(reading.info.durationSeconds > 0)
  }

  private static func writeAndDie(_ folder: String) throws {
    let made = MadeRuns.steady(50)
    var info = made.info
    info.partial = true
    let writer = try RunWriter(creating: folder, info: info)
    try writer.append(Array(made.records.prefix(30)))
    kill(getpid(), SIGKILL)
  }

  @Test("a run is never written over")
  func exists() throws {
    try Self.withFolder { folder in
      let info = MadeRuns.info(scheduled: 1)
      _ = try RunWriter(creating: folder, info: info)
      let error = #expect(throws: RunStoreError.self) { _ = try RunWriter(creating: folder, info: info) }
      #expect(error?.description.contains("a run is already there") == true)
    }
  }

  @Test("a missing run, a damaged one and one of a newer version each say what they are")
  func unreadable() throws {
    try Self.withFolder { folder in
      let missing = #expect(throws: RunStoreError.self) { _ = try RunReading(folder: folder) }
      #expect(missing?.description.contains("there is no such file") == true)

      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let path = folder + "/run.sqlite"
      try Data("not a database at all, but long enough to look".utf8).write(to: URL(fileURLWithPath: path))
      let damaged = #expect(throws: RunStoreError.self) { _ = try RunReading(folder: folder) }
      #expect(damaged?.description.contains("not a database") == true)
      try FileManager.default.removeItem(atPath: path)

      let writer = try RunWriter(creating: folder, info: MadeRuns.info(scheduled: 0))
      try writer.finish(MadeRuns.info(scheduled: 0))
      let database = try DatabaseQueue(path: path)
      try database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99: the future')") }
      try database.close()
      let newer = #expect(throws: RunStoreError.self) { _ = try RunReading(folder: folder) }
      #expect(newer?.description.contains("newer rce-bench") == true)
      #expect(newer?.description.contains(path) == true)
    }
  }
}
