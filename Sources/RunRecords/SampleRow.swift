import GRDB

/// Validity samples as rows of `validity_sample` and `loop_sample`.
enum SampleRow {
  static func store(_ samples: [ValiditySample], in db: Database) throws {
    for sample in samples {
      try db.execute(
        sql: "INSERT INTO validity_sample VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          sample.second, sample.planned, sample.sent, sample.late, sample.latenessMaximum, sample.inFlight,
          sample.hostIdle, sample.steal, sample.tickerLateness,
        ])
      for (number, loop) in sample.loops.enumerated() {
        try db.execute(
          sql: "INSERT INTO loop_sample VALUES (?, ?, ?, ?)",
          arguments: [sample.second, number, loop.cpuShare, loop.waitingShare])
      }
    }
  }

  /// The samples in order; none where the run was stored before there were any.
  static func all(in db: Database) throws -> [ValiditySample] {
    guard try db.tableExists("validity_sample") else { return [] }
    let loops = try Dictionary(
      grouping: Row.fetchAll(db, sql: "SELECT * FROM loop_sample ORDER BY second, loop"), by: { $0["second"] as Int })
    return try Row.fetchAll(db, sql: "SELECT * FROM validity_sample ORDER BY second").map { row in
      var sample = ValiditySample(second: row["second"])
      (sample.planned, sample.sent, sample.late) = (row["planned"], row["sent"], row["late"])
      (sample.latenessMaximum, sample.inFlight) = (row["lateness_max"], row["in_flight"])
      (sample.hostIdle, sample.steal, sample.tickerLateness) = (row["host_idle"], row["steal"], row["ticker_lateness"])
      sample.loops = (loops[sample.second] ?? []).map { .init(cpuShare: $0["cpu"], waitingShare: $0["waiting"]) }
      return sample
    }
  }
}
