import Foundation
import GRDB

/// Keeps what the platform's log says of a run's jobs in `run.sqlite`, beside them.
public struct InvocationStore: Sendable {
  private let folder: String

  /// The store of the run in a folder.
  public init(folder: String) { self.folder = folder }

  /// The invocations that are kept; empty where nothing was looked for yet.
  public func all() throws(RunStoreError) -> [JobInvocation] {
    try RunStoreFile.read(folder) { db in
      var row = RowStatement(
        try db.makeStatement(sql: "SELECT \(Self.columns.joined(separator: ", ")) FROM invocation ORDER BY job"))
      var all: [JobInvocation] = []
      while try row.next(in: db) { all.append(Self.invocation(&row)) }
      return all
    }
  }

  /// Keeps invocations, and makes the jobs say what their lines do; what the results declared stays with the lines.
  ///
  /// An invocation's name is not one of an environment, so a job without a line has none from here on.
  public func store(_ invocations: [JobInvocation], _ log: PlatformLog) throws(RunStoreError) {
    try RunStoreFile.change(folder) { db in
      try db.execute(sql: "DELETE FROM invocation")
      try Self.insert(invocations, db)
      try Self.updateJobs(db)
      var info = try RunInfo.read(in: db)
      info.platformLog = log
      try info.store(in: db)
      var aggregates = RunAggregates(info)
      try JobRow.read(in: db) { aggregates.add(CollectionOfOne($0)) }
      try aggregates.store(info, in: db)
    }
  }

  private static let columns = [
    "job", "request_id", "declared_billed_ms", "declared_memory_mb", "declared_cold", "environment", "written_at",
    "duration_ms", "billed_ms", "memory_mb", "max_memory_mb", "init_ms", "status", "start",
  ]

  private static func insert(_ invocations: [JobInvocation], _ db: Database) throws {
    let marks = columns.map { _ in "?" }.joined(separator: ", ")
    var row = RowStatement(
      try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO invocation (\(columns.joined(separator: ", "))) VALUES (\(marks))"))
    for one in invocations {
      row.begin()
      row.bind(one.job)
      row.bind(one.requestID)
      row.bind(one.declaredBilledMs)
      row.bind(one.declaredMemoryMB)
      row.bind(one.declaredCold)
      row.bind(one.report?.environment)
      row.bind(one.report?.writtenAt)
      row.bind(one.report?.durationMs)
      row.bind(one.report?.billedMs)
      row.bind(one.report?.memoryMB)
      row.bind(one.report?.maxMemoryMB)
      row.bind(one.report?.initMs)
      row.bind(one.report?.status)
      row.bind(one.report?.start.rawValue)
      try row.execute(in: db)
    }
  }

  private static func updateJobs(_ db: Database) throws {
    try db.execute(
      sql: "INSERT OR IGNORE INTO name (text) SELECT DISTINCT environment FROM invocation WHERE environment IS NOT NULL"
    )
    try db.execute(
      sql: """
        UPDATE job SET environment_id = (SELECT id FROM name WHERE text = i.environment),
          billed_ms = coalesce(i.billed_ms, i.declared_billed_ms),
          memory_mb = coalesce(i.memory_mb, i.declared_memory_mb),
          cold_start = CASE WHEN i.start IS NULL THEN i.declared_cold ELSE i.start = 'cold' END,
          s3 = CASE WHEN i.start = 'ahead' OR i.start = 'warm' THEN job.s2 ELSE job.s3 END
        FROM invocation AS i WHERE i.job = job."index"
        """)
  }

  private static func invocation(_ row: inout RowStatement) -> JobInvocation {
    var one = JobInvocation(job: Int(row.integer()), requestID: row.textIfKnown() ?? "")
    one.declaredBilledMs = row.integerIfKnown().map(Int.init)
    one.declaredMemoryMB = row.integerIfKnown().map(Int.init)
    one.declaredCold = row.integerIfKnown().map { $0 != 0 }
    let environment = row.textIfKnown()
    var report = JobInvocation.Report(
      environment: environment ?? "", writtenAt: row.integer(), durationMs: row.real(), billedMs: Int(row.integer()),
      memoryMB: Int(row.integer()), start: .warm)
    report.maxMemoryMB = row.integerIfKnown().map(Int.init)
    report.initMs = row.realIfKnown()
    report.status = row.textIfKnown()
    let start = row.textIfKnown().flatMap { JobInvocation.Start(rawValue: $0) }
    guard environment != nil, let start else { return one }
    report.start = start
    one.report = report
    return one
  }
}
