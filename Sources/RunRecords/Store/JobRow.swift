import GRDB
import Jobs

/// A job record as a row of the table `job`, in one place so that writing and reading cannot drift apart.
enum JobRow {
  static let insert = """
    INSERT INTO job (\(RunSchema.jobColumns.joined(separator: ", "))) \
    VALUES (\(RunSchema.jobColumns.map { _ in "?" }.joined(separator: ", ")))
    """

  static let select = "SELECT \(RunSchema.jobColumns.joined(separator: ", ")) FROM job WHERE rowid BETWEEN ? AND ?"

  /// Writes records.
  static func write(_ records: some Sequence<JobRecord>, _ names: inout NameTable, in db: Database) throws {
    var row = RowStatement(try db.cachedStatement(sql: insert))
    for record in records {
      row.begin()
      try bindWhat(record, &row, &names, db)
      bindClient(record, &row)
      try bindPlatform(record, &row, &names, db)
      try row.execute(in: db)
    }
  }

  /// Rows that are there, which are numbered from 1 on as they were written.
  static func count(in db: Database) throws -> Int { try Int.fetchOne(db, sql: "SELECT max(rowid) FROM job") ?? 0 }

  /// Reads all rows, or some, in the order in which they were written.
  static func read(
    _ rows: ClosedRange<Int> = 0...Int.max, in db: Database, _ body: (JobRecord) throws -> Void
  ) throws {
    let names = try NameReader(db)
    var row = RowStatement(try db.makeStatement(sql: select))
    row.begin()
    row.bind(rows.lowerBound)
    row.bind(rows.upperBound)
    while try row.next(in: db) { try body(record(&row, names)) }
  }

  private static func bindWhat(
    _ job: JobRecord, _ row: inout RowStatement, _ names: inout NameTable, _ db: Database
  ) throws {
    row.bind(job.index)
    row.bind(try names.number(of: job.phase, in: db))
    row.bind(job.recorded)
    row.bind(try names.number(of: job.entry, in: db))
    row.bind(try names.number(of: job.language.rawValue, in: db))
    row.bind(try names.number(of: job.outcome.rawValue, in: db))
    row.bind(job.jobId)
    row.bind(try names.optional(job.state?.rawValue, in: db))
    row.bind(try names.optional(job.errorType?.rawValue, in: db))
    row.bind(try names.optional(job.reason, in: db))
    row.bind(job.excerpt)
    row.bind(job.httpStatus)
    row.bind(job.polls)
    row.bind(job.retries)
    row.bind(job.bytes)
  }

  private static func bindClient(_ job: JobRecord, _ row: inout RowStatement) {
    row.bind(job.t0)
    row.bind(job.t1)
    row.bind(job.t2)
    row.bind(job.t3)
    row.bind(job.t4)
    row.bind(job.t5)
    row.bind(job.t6)
    row.bind(job.t7)
    row.bind(job.endedAt)
  }

  private static func bindPlatform(
    _ job: JobRecord, _ row: inout RowStatement, _ names: inout NameTable, _ db: Database
  ) throws {
    let timings = job.timings
    row.bind(timings?.s0)
    row.bind(timings?.s1)
    row.bind(timings?.s2)
    row.bind(timings?.s3)
    row.bind(timings?.s4)
    row.bind(timings?.s5)
    row.bind(timings?.s6)
    row.bind(timings?.coldStart)
    row.bind(try names.optional(timings?.start?.rawValue, in: db))
    row.bind(try names.optional(timings?.environmentId, in: db))
    row.bind(timings?.attempt)
    row.bind(timings?.billedMs)
    row.bind(timings?.memoryMB)
    row.bind(job.cpuTimeMs)
    row.bind(job.queuedAt)
    row.bind(job.startedBy)
    row.bind(job.peakMemoryBytes)
  }

  private static func record(_ row: inout RowStatement, _ names: NameReader) throws -> JobRecord {
    let index = Int(row.integer())
    let phase = try names.text(row.integerIfKnown(), "phase")
    let recorded = row.integer() != 0
    let entry = try names.text(row.integerIfKnown(), "entry")
    let language = try names.language(row.integerIfKnown())
    let outcome = try names.outcome(row.integerIfKnown())
    guard let phase, let entry, let language, let outcome else {
      throw NameReader.damage("job \(index) has no phase, entry, language or outcome")
    }
    var job = JobRecord(
      index: index, phase: phase, recorded: recorded, entry: entry, language: language, outcome: outcome, t0: 0,
      endedAt: 0)
    try readWhat(&job, &row, names)
    readClient(&job, &row)
    try readPlatform(&job, &row, names)
    return job
  }

  private static func readWhat(_ job: inout JobRecord, _ row: inout RowStatement, _ names: NameReader) throws {
    job.jobId = row.textIfKnown()
    job.state = try names.state(row.integerIfKnown())
    job.errorType = try names.errorType(row.integerIfKnown())
    job.reason = try names.text(row.integerIfKnown(), "reason")
    job.excerpt = row.textIfKnown()
    job.httpStatus = row.integerIfKnown().map(Int.init)
    job.polls = Int(row.integer())
    job.retries = Int(row.integer())
    job.bytes = Int(row.integer())
  }

  private static func readClient(_ job: inout JobRecord, _ row: inout RowStatement) {
    job.t0 = row.integer()
    job.t1 = row.integerIfKnown()
    job.t2 = row.integerIfKnown()
    job.t3 = row.integerIfKnown()
    job.t4 = row.integerIfKnown()
    job.t5 = row.integerIfKnown()
    job.t6 = row.integerIfKnown()
    job.t7 = row.integerIfKnown()
    job.endedAt = row.integer()
  }

  private static func readPlatform(_ job: inout JobRecord, _ row: inout RowStatement, _ names: NameReader) throws {
    var timings = JobTimings()
    timings.s0 = row.integerIfKnown()
    timings.s1 = row.integerIfKnown()
    timings.s2 = row.integerIfKnown()
    timings.s3 = row.integerIfKnown()
    timings.s4 = row.integerIfKnown()
    timings.s5 = row.integerIfKnown()
    timings.s6 = row.integerIfKnown()
    timings.coldStart = row.integerIfKnown().map { $0 != 0 }
    timings.start = try names.start(row.integerIfKnown())
    timings.environmentId = try names.text(row.integerIfKnown(), "environment_id")
    timings.attempt = row.integerIfKnown().map(Int.init)
    timings.billedMs = row.integerIfKnown().map(Int.init)
    timings.memoryMB = row.integerIfKnown().map(Int.init)
    job.timings = timings == JobTimings() ? nil : timings
    job.cpuTimeMs = row.realIfKnown()
    job.queuedAt = row.integerIfKnown()
    job.startedBy = row.integerIfKnown()
    job.peakMemoryBytes = row.integerIfKnown().map(Int.init)
  }
}
