import GRDB
import Statistics

/// What a finished run has beside its jobs, counted while they are written.
struct RunAggregates {
  private static let early = Series.allCases.filter { !$0.needsClockOffset }
  private static let late = Series.allCases.filter(\.needsClockOffset)

  private var windows: WindowTally
  private var histograms = SeriesHistograms()
  private var hasTimings = false
  private let clock: RunClock

  init(_ info: RunInfo) {
    windows = WindowTally(sloMilliseconds: info.sloMilliseconds)
    clock = RunClock(info)
  }

  mutating func add(_ records: some Sequence<JobRecord>) {
    for record in records {
      windows.add(record)
      histograms.add(record, Self.early, on: clock)
      if record.timings != nil { hasTimings = true }
    }
  }

  /// Stores windows and histograms; `info` knows the offset of the clocks, which two of the series wait for.
  mutating func store(_ info: RunInfo, in db: Database) throws {
    if hasTimings {
      let clock = RunClock(info)
      try JobRow.read(in: db) { histograms.add($0, Self.late, on: clock) }
    }
    try storeWindows(in: db)
    try storeHistograms(in: db)
  }

  private func storeWindows(in db: Database) throws {
    try db.execute(sql: "DELETE FROM window")
    for window in windows.windows {
      try db.execute(
        sql: "INSERT INTO window VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          window.second, window.offered, window.sent, window.accepted, window.completed, window.succeeded, window.good,
          window.cold, window.rejected, window.inFlight,
        ])
    }
  }

  private func storeHistograms(in db: Database) throws {
    try db.execute(sql: "DELETE FROM histogram")
    for (phase, entries) in histograms.phases {
      for (series, entry) in entries {
        let values = entry.histogram
        try db.execute(
          sql: "INSERT INTO histogram VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            series.rawValue, phase, values.count, entry.unfinished, values.sum, values.minimum ?? 0,
            values.maximum ?? 0, HdrEncoding.base64(values),
          ])
      }
    }
  }
}
