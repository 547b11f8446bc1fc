import GRDB
import Jobs

/// A job record as a row of the table `job`, in one place so that writing and reading cannot drift apart.
enum JobRow {
  static let columns = [
    "\"index\"", "phase", "recorded", "entry", "language", "outcome", "job_id", "state", "error_type", "reason",
    "excerpt", "http_status", "polls", "retries", "bytes", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "ended_at",
    "s0", "s1", "s2", "s3", "s4", "s5", "s6", "cold_start", "start", "environment_id", "attempt", "billed_ms",
    "memory_mb", "cpu_time_ms", "queued_at", "started_by", "peak_memory_bytes",
  ]

  static let insert = """
    INSERT INTO job (\(columns.joined(separator: ", "))) \
    VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
    """

  static func arguments(_ job: JobRecord) -> StatementArguments {
    let timings = job.timings
    let what: [(any DatabaseValueConvertible)?] = [
      job.index, job.phase, job.recorded, job.entry, job.language.rawValue, job.outcome.rawValue, kept(job.jobId),
      job.state?.rawValue, job.errorType?.rawValue, kept(job.reason), kept(job.excerpt), job.httpStatus, job.polls,
      job.retries,
      job.bytes,
    ]
    let client: [(any DatabaseValueConvertible)?] = [
      job.t0, job.t1, job.t2, job.t3, job.t4, job.t5, job.t6, job.t7, job.endedAt,
    ]
    let platform: [(any DatabaseValueConvertible)?] = [
      timings?.s0, timings?.s1, timings?.s2, timings?.s3, timings?.s4, timings?.s5, timings?.s6, timings?.coldStart,
      timings?.start?.rawValue, kept(timings?.environmentId), timings?.attempt, timings?.billedMs, timings?.memoryMB,
      job.cpuTimeMs, job.queuedAt, job.startedBy, job.peakMemoryBytes,
    ]
    return StatementArguments(what + client + platform)
  }

  /// SQLite ends a text at its first NUL, and what platforms and programs say may hold any; U+2400 stands for it.
  private static func kept(_ text: String?) -> String? {
    guard let text, text.utf8.contains(0) else { return text }
    return String(decoding: text.utf8.flatMap { $0 == 0 ? Array("\u{2400}".utf8) : [$0] }, as: UTF8.self)
  }

  static func record(_ row: Row) throws -> JobRecord {
    var job = JobRecord(
      index: row["index"], phase: row["phase"], recorded: row["recorded"], entry: row["entry"],
      language: try required(row, "language"), outcome: try required(row, "outcome"), t0: row["t0"],
      endedAt: row["ended_at"])
    job.jobId = row["job_id"]
    job.state = try optional(row, "state")
    job.errorType = try optional(row, "error_type")
    job.reason = row["reason"]
    job.excerpt = row["excerpt"]
    job.httpStatus = row["http_status"]
    job.polls = row["polls"]
    job.retries = row["retries"]
    job.bytes = row["bytes"]
    (job.t1, job.t2, job.t3, job.t4) = (row["t1"], row["t2"], row["t3"], row["t4"])
    (job.t5, job.t6, job.t7) = (row["t5"], row["t6"], row["t7"])
    job.cpuTimeMs = row["cpu_time_ms"]
    job.peakMemoryBytes = row["peak_memory_bytes"]
    (job.queuedAt, job.startedBy) = (row["queued_at"], row["started_by"])
    job.timings = try timings(row)
    return job
  }

  private static func timings(_ row: Row) throws -> JobTimings? {
    var timings = JobTimings()
    (timings.s0, timings.s1, timings.s2, timings.s3) = (row["s0"], row["s1"], row["s2"], row["s3"])
    (timings.s4, timings.s5, timings.s6) = (row["s4"], row["s5"], row["s6"])
    timings.coldStart = row["cold_start"]
    timings.start = try optional(row, "start")
    timings.environmentId = row["environment_id"]
    timings.attempt = row["attempt"]
    timings.billedMs = row["billed_ms"]
    timings.memoryMB = row["memory_mb"]
    return timings == JobTimings() ? nil : timings
  }

  private static func optional<Value: RawRepresentable<String>>(_ row: Row, _ column: String) throws -> Value? {
    guard let text: String = row[column] else { return nil }
    guard let value = Value(rawValue: text) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "unknown \(column) '\(text)' in table job")
    }
    return value
  }

  private static func required<Value: RawRepresentable<String>>(_ row: Row, _ column: String) throws -> Value {
    guard let value: Value = try optional(row, column) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no \(column) in table job")
    }
    return value
  }
}
