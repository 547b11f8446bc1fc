import Foundation
import GRDB
import RunRecords
import Statistics
import Testing

@Suite struct StoredHistogramTests {
  @Test("a histogram for each series and phase is stored with its exact count, sum and ends")
  func stored() throws {
    try StoredRun.with { folder in
      try StoredRun.written((0..<500).map { MadeRuns.job($0, t0: Int64($0) * 1_000) }, in: folder)
      let row = try Self.row("SELECT * FROM histogram WHERE series = 'e2e'", in: folder)
      let phase: String = row["phase"]
      let numbers: [Int] = [row["count"], row["unfinished"], row["minimum"], row["maximum"], row["sum"]]
      #expect(phase == "steady")
      #expect(numbers == [500, 0, 29_500_000, 29_500_000, 14_750_000_000])
      let series: String = try Self.row("SELECT group_concat(series) AS names FROM histogram", in: folder)["names"]
      #expect(series == "compile,e2e,lateness,notice,publish,queue_wait,residual,run,service,submit")
    }
  }

  @Test("the order of jobs and of batches changes no bit of windows and histograms")
  func order() throws {
    try StoredRun.with { first in
      try StoredRun.with { second in
        let jobs = (0..<3_000).map { MadeRuns.job($0, t0: Int64($0) * 7_000_001, lateness: Int64($0 * $0 % 90_001)) }
        try StoredRun.written(jobs, in: first)
        try StoredRun.written(jobs.reversed(), in: second)
        for table in ["histogram ORDER BY series, phase", "window ORDER BY second"] {
          #expect(try Self.rows("SELECT * FROM \(table)", in: first) == Self.rows("SELECT * FROM \(table)", in: second))
        }
      }
    }
  }

  @Test("HdrHistogram for Python reads the encoding, and finds the same counts and percentiles")
  func python() throws {
    guard let python = PythonPackage.interpreter(with: "hdrhistogram") else {
      print("SKIPPED: the package hdrhistogram cannot be installed here (no network?), so nothing was compared")
      return
    }
    try StoredRun.with { folder in
      let jobs = (0..<2_000).map { MadeRuns.job($0, t0: 0, lateness: Int64($0 + 1) * 1_000_003) }
      try StoredRun.written(jobs, in: folder)
      let text: String = try Self.row("SELECT encoded FROM histogram WHERE series = 'lateness'", in: folder)["encoded"]
      let output = try PythonPackage.run(
        python,
        """
        from hdrh.histogram import HdrHistogram
        h = HdrHistogram.decode('\(text)')
        print(h.get_total_count(), *(h.get_value_at_percentile(p) for p in (50, 90, 99, 100)))
        """)
      let found = output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
      try #require(found.count == 5)
      #expect(found[0] == 2_000)
      for (value, rank) in zip(found.dropFirst(), [1_000.0, 1_800, 1_980, 2_000]) {
        #expect(abs(value / (rank * 1_000_003) - 1) < 0.001)
      }
    }
  }

  private static func row(_ sql: String, in folder: String) throws -> Row {
    try #require(try rows(sql, in: folder).first)
  }

  private static func rows(_ sql: String, in folder: String) throws -> [Row] {
    try DatabaseQueue(path: folder + "/run.sqlite").read { try Row.fetchAll($0, sql: sql) }
  }
}
