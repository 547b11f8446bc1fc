import Jobs

/// A value of a job as an export writes it.
enum JobField {
  case number(Int64)
  case real(Double)
  case truth(Bool)
  case text(String)
  case unknown

  /// The field of a cost: none where jobs are not priced, an unknown one where this job's cost is not known.
  static func priced(_ cost: Double??) -> [Self] { cost.map { [$0.map { .real($0) } ?? .unknown] } ?? [] }

  static func optional(_ value: Int64?) -> Self { value.map { .number($0) } ?? .unknown }
  static func optional(_ value: Int?) -> Self { value.map { .number(Int64($0)) } ?? .unknown }
  static func optional(_ value: String?) -> Self { value.map { .text($0) } ?? .unknown }
}

extension JobRecord {
  /// The names of the columns of `fields`, those of the table `job`.
  static let fieldNames = [
    "index", "phase", "recorded", "entry", "language", "outcome", "job_id", "state", "error_type", "reason", "excerpt",
    "http_status", "polls", "retries", "bytes", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "queued_at",
    "started_by", "ended_at", "s0", "s1", "s2", "s3", "s4", "s5", "s6", "cold_start", "start", "environment_id",
    "attempt", "billed_ms", "memory_mb", "cpu_time_ms", "peak_memory_bytes",
  ]

  /// Every value, in the order of `fieldNames`.
  var fields: [JobField] { whatFields + clientFields + platformFields }

  private var whatFields: [JobField] {
    [
      .number(Int64(index)), .text(phase), .truth(recorded), .text(entry), .text(language.rawValue),
      .text(outcome.rawValue), .optional(jobId), .optional(state?.rawValue), .optional(errorType?.rawValue),
      .optional(reason), .optional(excerpt), .optional(httpStatus), .number(Int64(polls)), .number(Int64(retries)),
      .number(Int64(bytes)),
    ]
  }

  private var clientFields: [JobField] {
    [.number(t0)] + [t1, t2, t3, t4, t5, t6, t7, queuedAt, startedBy].map { .optional($0) } + [.number(endedAt)]
  }

  private var platformFields: [JobField] {
    let instants = [timings?.s0, timings?.s1, timings?.s2, timings?.s3, timings?.s4, timings?.s5, timings?.s6]
    return instants.map { .optional($0) } + [
      timings?.coldStart.map { .truth($0) } ?? .unknown, .optional(timings?.start?.rawValue),
      .optional(timings?.environmentId), .optional(timings?.attempt), .optional(timings?.billedMs),
      .optional(timings?.memoryMB), cpuTimeMs.map { .real($0) } ?? .unknown, .optional(peakMemoryBytes),
    ]
  }
}
