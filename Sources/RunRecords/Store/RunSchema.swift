import Foundation
import GRDB

/// The tables of `run.sqlite`, by version; reports/README.md says what each column holds.
enum RunSchema {
  /// The file's name inside a run's folder.
  static let fileName = "run.sqlite"

  // A share of no time at all is not a number, which is no reason to lose a run.
  static let floatEncoding = JSONEncoder.NonConformingFloatEncodingStrategy.convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  static let floatDecoding = JSONDecoder.NonConformingFloatDecodingStrategy.convertFromString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: run, job, window, threshold") { try $0.execute(sql: version1) }
    migrator.registerMigration("2: queue bracket, peak memory") { try $0.execute(sql: version2) }
    migrator.registerMigration("3: names once, histogram, validity samples, threshold results") { db in
      try db.execute(sql: version3)
    }
    migrator.registerMigration("4: invocations by the platform's log") { try $0.execute(sql: version4) }
    return migrator
  }

  /// The columns of `job`, in the order in which they are written and read.
  static let jobColumns = [
    "\"index\"", "phase", "recorded", "entry", "language", "outcome", "job_id", "state", "error_type", "reason",
    "excerpt", "http_status", "polls", "retries", "bytes", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "ended_at",
    "s0", "s1", "s2", "s3", "s4", "s5", "s6", "cold_start", "start", "environment_id", "attempt", "billed_ms",
    "memory_mb", "cpu_time_ms", "queued_at", "started_by", "peak_memory_bytes",
  ]

  /// Those that hold the number of a name.
  static let namedColumns = [
    "phase", "entry", "language", "outcome", "state", "error_type", "reason", "start", "environment_id",
  ]
}
