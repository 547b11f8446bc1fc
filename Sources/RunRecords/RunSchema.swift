import Foundation
import GRDB

/// The tables of `run.sqlite`, by version.
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
    migrator.registerMigration("3: validity samples") { try $0.execute(sql: version3) }
    return migrator
  }

  // A job's index is not unique here: a plan position that was counted twice has to be seen, not refused.
  private static let version1 = """
    CREATE TABLE run (
      id TEXT PRIMARY KEY, scenario TEXT NOT NULL, started_at INTEGER NOT NULL, partial INTEGER NOT NULL,
      info TEXT NOT NULL
    );
    CREATE TABLE job (
      "index" INTEGER NOT NULL, phase TEXT NOT NULL, recorded INTEGER NOT NULL, entry TEXT NOT NULL,
      language TEXT NOT NULL, outcome TEXT NOT NULL, job_id TEXT, state TEXT, error_type TEXT, reason TEXT,
      excerpt TEXT, http_status INTEGER, polls INTEGER NOT NULL, retries INTEGER NOT NULL, bytes INTEGER NOT NULL,
      t0 INTEGER NOT NULL, t1 INTEGER, t2 INTEGER, t3 INTEGER, t4 INTEGER, t5 INTEGER, t6 INTEGER, t7 INTEGER,
      ended_at INTEGER NOT NULL,
      s0 INTEGER, s1 INTEGER, s2 INTEGER, s3 INTEGER, s4 INTEGER, s5 INTEGER, s6 INTEGER,
      cold_start INTEGER, start TEXT, environment_id TEXT, attempt INTEGER, billed_ms INTEGER, memory_mb INTEGER,
      cpu_time_ms REAL
    );
    CREATE INDEX job_index ON job ("index");
    CREATE TABLE window (
      second INTEGER PRIMARY KEY, offered INTEGER NOT NULL, sent INTEGER NOT NULL, accepted INTEGER NOT NULL,
      completed INTEGER NOT NULL, succeeded INTEGER NOT NULL, good INTEGER NOT NULL, cold INTEGER NOT NULL,
      rejected INTEGER NOT NULL, in_flight REAL NOT NULL
    );
    CREATE TABLE threshold (position INTEGER PRIMARY KEY, text TEXT NOT NULL);
    """

  private static let version2 = """
    ALTER TABLE job ADD COLUMN queued_at INTEGER;
    ALTER TABLE job ADD COLUMN started_by INTEGER;
    ALTER TABLE job ADD COLUMN peak_memory_bytes INTEGER;
    """

  private static let version3 = """
    CREATE TABLE validity_sample (
      second INTEGER PRIMARY KEY, planned INTEGER NOT NULL, sent INTEGER NOT NULL, late INTEGER NOT NULL,
      lateness_max INTEGER NOT NULL, in_flight INTEGER NOT NULL, host_idle REAL, steal REAL, ticker_lateness INTEGER
    );
    CREATE TABLE loop_sample (
      second INTEGER NOT NULL, loop INTEGER NOT NULL, cpu REAL NOT NULL, waiting REAL NOT NULL,
      PRIMARY KEY (second, loop)
    );
    """
}
