import Foundation
import GRDB
import Glibc
import RunRecords
import Testing

@Suite struct RunStoreTroubleTests {
  @Test("a generator killed at any instant leaves every batch that was acknowledged, marked partial", arguments: 0..<12)
  func killed(attempt: Int) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rce-kill-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String, attempt = attempt as Int] in
      try Self.writeUntilKilled(folder, afterMicroseconds: 1_000 + UInt32(attempt * attempt) * 5_000)
    }
    let acknowledged = try FileManager.default.attributesOfItem(atPath: folder + "/acknowledged")[.size] as? Int ?? 0
    let reading = try RunReading(folder: folder)
    #expect(reading.info.partial)
    #expect(reading.records.count >= acknowledged * 10 && reading.records.count % 10 == 0)
    #expect(reading.records.map(\.index) == Array(0..<reading.records.count))
  }

  /// Writes batches of ten; one byte in a file says that a batch was acknowledged.
  private static func writeUntilKilled(_ folder: String, afterMicroseconds delay: UInt32) throws {
    let writer = try RunWriter(creating: folder, info: MadeRuns.info(scheduled: 1_000_000))
    let log = open(folder + "/acknowledged", O_WRONLY | O_CREAT | O_APPEND, 0o644)
    Thread.detachNewThread {
      usleep(delay)
      kill(getpid(), SIGKILL)
    }
    for batch in 0..<100_000 {
      try writer.append((0..<10).map { MadeRuns.job(batch * 10 + $0, t0: Int64(batch) * 1_000_000) })
      Glibc.write(log, "x", 1)
    }
  }

  @Test(
    "a full disk is named, and what could not be written is written when there is room again",
    .enabled(if: geteuid() == 0, "only root can make a small disk"))
  func full() throws {
    try StoredRun.with { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      guard mount("rce-bench-test", folder, "tmpfs", 0, "size=1m") == 0 else {
        print("SKIPPED: mounting is not allowed here")
        return
      }
      defer { umount2(folder, Int32(MNT_DETACH)) }
      let filler = folder + "/filler"
      let writer = try RunWriter(creating: folder + "/run", info: MadeRuns.info(scheduled: 400))
      try writer.append((0..<100).map { MadeRuns.job($0, t0: Int64($0)) })
      Self.fill(filler)
      let full = try #require(
        throws: RunStoreError.self,
        performing: {
          for batch in 1...3 { try writer.append((0..<100).map { MadeRuns.job(batch * 100 + $0, t0: Int64($0)) }) }
        })
      #expect(full.description.contains("disk is full") && full.path.hasSuffix("run.sqlite"))
      #expect(writer.unwritten > 0 && writer.unwritten <= 300)
      try FileManager.default.removeItem(atPath: filler)
      var info = MadeRuns.info(scheduled: 400)
      info.partial = false
      try writer.finish(info)
      #expect(writer.unwritten == 0)
      let indices = try RunReading(folder: folder + "/run").records.map(\.index)
      #expect(indices.count >= 200 && indices == Array(0..<indices.count))
    }
  }

  @Test(
    "a disk that stays full loses the newest of many jobs, and says how many",
    .enabled(if: geteuid() == 0, "only root can make a small disk"))
  func fullForGood() throws {
    try StoredRun.with { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      guard mount("rce-bench-test", folder, "tmpfs", 0, "size=1m") == 0 else {
        print("SKIPPED: mounting is not allowed here")
        return
      }
      defer { umount2(folder, Int32(MNT_DETACH)) }
      let writer = try RunWriter(creating: folder + "/run", info: MadeRuns.info(scheduled: 120_000))
      Self.fill(folder + "/filler")
      let batch = (0..<60_000).map { MadeRuns.job($0, t0: Int64($0)) }
      for _ in 0..<2 { #expect(throws: RunStoreError.self) { try writer.append(batch) } }
      #expect(writer.unwritten == 120_000)
      #expect(throws: RunStoreError.self) { try writer.finish(MadeRuns.info(scheduled: 120_000)) }
      #expect(try RunReading(folder: folder + "/run").info.partial)
      try FileManager.default.removeItem(atPath: folder + "/filler")
      #expect(mount("rce-bench-test", folder, "tmpfs", UInt(MS_REMOUNT), "size=200m") == 0)
      try writer.finish(MadeRuns.info(scheduled: 120_000))
      #expect(writer.unwritten == 20_000)
      #expect(try RunReading(folder: folder + "/run").records.count == 100_000)
    }
  }

  @Test("what came of thresholds is stored beside them")
  func thresholds() throws {
    try StoredRun.with { folder in
      try StoredRun.written((0..<10).map { MadeRuns.job($0, t0: 0) }, in: folder)
      try ThresholdRow.store([.init(verdict: "failed", measured: "3 s", sentence: "Not met.")], in: folder)
      let row = try #require(
        try DatabaseQueue(path: folder + "/run.sqlite").read { try Row.fetchOne($0, sql: "SELECT * FROM threshold") })
      let texts: [String] = [row["text"], row["verdict"], row["measured"], row["sentence"]]
      #expect(texts == ["p95(e2e) < 2s", "failed", "3 s", "Not met."])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["run.sqlite"])
      #expect(try RunReading(folder: folder).records.count == 10)
    }
  }

  @Test("a run that was cut off and a database of another program say what they are")
  func damaged() throws {
    try StoredRun.with { folder in
      try StoredRun.written((0..<2_000).map { MadeRuns.job($0, t0: 0) }, in: folder)
      let path = folder + "/run.sqlite"
      #expect(truncate(path, 100_000) == 0)
      let cut = try #require(throws: RunStoreError.self, performing: { _ = try RunReading(folder: folder) })
      #expect(cut.description.contains("damaged or was cut off"))
      try FileManager.default.removeItem(atPath: path)
      try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE t (x)") }
      let other = try #require(throws: RunStoreError.self, performing: { _ = try RunReading(folder: folder) })
      #expect(other.description.contains("it holds no run; it is the database of another program"))
      #expect(truncate(path, 0) == 0)
      let empty = try #require(throws: RunStoreError.self, performing: { _ = try RunReading(folder: folder) })
      #expect(empty.description.contains("the generator ended before the run began"))
    }
  }

  @Test("a run of the second version of the store is read as one of today, and its file is left alone")
  func older() throws {
    try StoredRun.with { folder in
      let path = folder + "/run.sqlite"
      let written = try StoredRun.written((0..<50).map { MadeRuns.job($0, t0: Int64($0) * 1_000) }, in: folder)
      try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: Self.toVersion2) }
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      let reading = try RunReading(folder: folder)
      #expect(reading.records == written.records && reading.info == written.info)
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["run.sqlite"])
    }
  }

  /// Writes zeros until no byte more finds room.
  private static func fill(_ path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
    let zeros = [UInt8](repeating: 0, count: 4_096)
    while write(descriptor, zeros, zeros.count) > 0 {}
    close(descriptor)
  }

  private static let toVersion2 = """
    CREATE TABLE old AS SELECT * FROM jobs;
    DROP VIEW jobs; DROP TABLE job; DROP TABLE name; DROP TABLE histogram; DROP TABLE validity_sample;
    DROP TABLE loop_sample;
    ALTER TABLE old RENAME TO job;
    CREATE INDEX job_index ON job ("index");
    ALTER TABLE threshold DROP COLUMN verdict; ALTER TABLE threshold DROP COLUMN measured;
    ALTER TABLE threshold DROP COLUMN sentence;
    DELETE FROM grdb_migrations WHERE identifier LIKE '3:%';
    """
}
