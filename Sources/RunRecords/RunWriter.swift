import Foundation
import GRDB

/// Writes one run into `run.sqlite` in the run's folder.
///
/// Call it from one thread. Every batch is one transaction in write-ahead mode, so that a generator killed at any moment
/// leaves a readable store with all the batches before, marked partial: `partial` is only taken away by `finish`.
public final class RunWriter: Sendable {
  private let queue: DatabaseQueue
  /// The store's path.
  public let path: String

  /// Creates the run's folder, with its parents, and the store in it.
  public init(creating folder: String, info: RunInfo) throws(RunStoreError) {
    let path = URL(fileURLWithPath: folder).appendingPathComponent(RunSchema.fileName).path
    self.path = path
    queue = try Self.reporting("create", path) {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      guard !FileManager.default.fileExists(atPath: path) else {
        throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: "a run is already there")
      }
      var configuration = Configuration()
      configuration.journalMode = .wal
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try RunSchema.migrator.migrate(queue)
      return queue
    }
    try write("create") { try Self.store(info, in: $0) }
  }

  /// Adds finished jobs in one transaction.
  public func append(_ records: [JobRecord]) throws(RunStoreError) {
    guard !records.isEmpty else { return }
    try write("append to") { db in
      let statement = try db.cachedStatement(sql: JobRow.insert)
      for record in records { try statement.execute(arguments: JobRow.arguments(record)) }
    }
  }

  /// Stores the final word on the run, its one-second windows and how the generator did in each second, and leaves a
  /// single file behind.
  ///
  /// The info says itself whether the run was partial.
  public func finish(_ info: RunInfo, samples: [ValiditySample] = []) throws(RunStoreError) {
    try write("finish") { db in
      try Self.store(info, in: db)
      try SampleRow.store(samples, in: db)
      let records = try Row.fetchAll(db, sql: "SELECT * FROM job").map(JobRow.record)
      try Self.store(RunWindow.all(of: records, sloMilliseconds: info.sloMilliseconds), in: db)
    }
    try Self.reporting("finish", path) {
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try queue.close()
    }
  }

  private static func store(_ info: RunInfo, in db: Database) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = RunSchema.floatEncoding
    let json = String(decoding: try encoder.encode(info), as: UTF8.self)
    try db.execute(
      sql: "INSERT OR REPLACE INTO run (id, scenario, started_at, partial, info) VALUES (?, ?, ?, ?, ?)",
      arguments: [info.id, info.scenario, info.startedAt, info.partial, json])
    try db.execute(sql: "DELETE FROM threshold")
    for (position, text) in info.thresholds.enumerated() {
      try db.execute(sql: "INSERT INTO threshold (position, text) VALUES (?, ?)", arguments: [position, text])
    }
  }

  private static func store(_ windows: [RunWindow], in db: Database) throws {
    try db.execute(sql: "DELETE FROM window")
    for window in windows {
      try db.execute(
        sql: "INSERT INTO window VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          window.second, window.offered, window.sent, window.accepted, window.completed, window.succeeded, window.good,
          window.cold, window.rejected, window.inFlight,
        ])
    }
  }

  private func write(_ operation: String, _ body: (Database) throws -> Void) throws(RunStoreError) {
    try Self.reporting(operation, path) { try queue.write(body) }
  }

  private static func reporting<Value>(
    _ operation: String, _ path: String, _ body: () throws -> Value
  ) throws(RunStoreError) -> Value {
    do {
      return try body()
    } catch {
      let cause = (error as? DatabaseError)?.message ?? error.localizedDescription
      throw RunStoreError(
        operation: operation, path: path, cause: cause,
        hint: "check that the folder can be written and its disk is not full")
    }
  }
}
