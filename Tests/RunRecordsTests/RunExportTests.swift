import Foundation
import Jobs
import RunRecords
import Testing

@Suite struct RunExportTests {
  private static let hostile = "a,\"b\"\r\nc\\\u{1b}\u{2028}</script>"

  private static func jobs() -> [JobRecord] {
    var random = RandomRecords(seed: 5)
    var jobs = (0..<300).map { random.record($0) }
    jobs[7].excerpt = hostile
    jobs[8].excerpt = ""
    jobs[9].excerpt = nil
    return jobs
  }

  private static func text(_ folder: String, _ format: RunExport.Format, _ series: [Series] = []) throws -> String {
    var text = ""
    try RunExport(folder: folder, format: format, series: series).write { text += $0 }
    return text
  }

  @Test("CSV and JSON lines hold every job with every value, and say the same")
  func jobsAgree() throws {
    try StoredRun.with { folder in
      try StoredRun.written(Self.jobs(), in: folder)
      let csv = CSVReader.rows(try Self.text(folder, .csv))
      let lines = try Self.text(folder, .jsonl).split(separator: "\n")
      let names = try #require(csv.first)
      #expect(csv.count == 301 && lines.count == 300 && names.count == 41)
      for (row, line) in zip(csv.dropFirst(), lines) {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        for (name, value) in zip(names, row) {
          switch object[name] {
          case let text as String: #expect(value == text)
          // Foundation reads numbers by way of decimals, and is off in the last bit now and then.
          case let number as NSNumber:
            let value = try #require(Double(value))
            #expect(abs(value - number.doubleValue) <= abs(value) * 1e-15)
          default: #expect(value.isEmpty)
          }
        }
      }
      #expect(csv[8][10] == Self.hostile)
    }
  }

  @Test("the percentile file has HdrHistogram's columns, in milliseconds, over recorded jobs")
  func percentiles() throws {
    try StoredRun.with { folder in
      try StoredRun.written(
        (0..<1_000).map { MadeRuns.job($0, t0: 0, lateness: Int64($0 + 1) * 1_000_000) }, in: folder)
      let lines = try Self.text(folder, .hgrm, [.lateness]).split(separator: "\n")
      #expect(lines[0].split(separator: " ") == ["Value", "Percentile", "TotalCount", "1/(1-Percentile)"])
      let rows = lines.dropFirst().filter { !$0.hasPrefix("#") }.map {
        $0.split(separator: " ").compactMap { Double($0) }
      }
      let median = try #require(rows.first { $0[1] >= 0.5 })
      #expect(abs(median[0] - 500) < 1 && median[2] == 500)
      #expect(lines.contains { $0.hasPrefix("#[Max") && $0.contains("1000") })
      #expect(throws: RunStoreError.self) { _ = try RunExport(folder: folder, format: .hgrm, series: [.e2e, .run]) }
    }
  }

  @Test("Prometheus' own client reads the exposition, hostile labels included")
  func prometheus() throws {
    guard let python = PythonPackage.interpreter(with: "prometheus_client") else {
      print("SKIPPED: the package prometheus_client cannot be installed here (no network?), so nothing was parsed")
      return
    }
    try StoredRun.with { folder in
      let jobs = (0..<400).map { index in
        var job = MadeRuns.job(index, t0: 0)
        job.entry = index % 2 == 0 ? "hello" : Self.hostile
        return job
      }
      try StoredRun.written(jobs, in: folder)
      let file = folder + "/metrics.txt"
      try Self.text(folder, .prometheus).write(toFile: file, atomically: true, encoding: .utf8)
      let output = try PythonPackage.run(
        python,
        """
        from prometheus_client.parser import text_string_to_metric_families as parse
        found = {m.name: m for m in parse(open('\(file)', newline='').read())}
        print(int(sum(s.value for s in found['rce_bench_jobs'].samples)))
        print(len(found['rce_bench_jobs'].samples))
        s = found['rce_bench_duration_seconds'].samples
        print([x.value for x in s if x.labels.get('series') == 'e2e' and x.labels.get('quantile') == '0.5'][0])
        print([int(x.value) for x in s if x.name.endswith('_count') and x.labels['series'] == 'e2e'][0])
        """)
      #expect(output.split(separator: "\n") == ["400", "2", "0.0295", "400"])
    }
  }
}

/// RFC 4180, as strictly as it is written.
private enum CSVReader {
  static func rows(_ text: String) -> [[String]] {
    var (rows, row, field, isQuoted): ([[String]], [String], [UInt8], Bool) = ([], [], [], false)
    var bytes = Array(text.utf8)[...]
    func end() -> String { String(decoding: field, as: UTF8.self) }
    while let byte = bytes.popFirst() {
      switch (byte, isQuoted) {
      case (0x22, true) where bytes.first == 0x22:
        field.append(0x22)
        bytes.removeFirst()
      case (0x22, _): isQuoted.toggle()
      case (0x2c, false):
        row.append(end())
        field = []
      case (0x0d, false):
        rows.append(row + [end()])
        (row, field) = ([], [])
        bytes.removeFirst()
      default: field.append(byte)
      }
    }
    return rows
  }
}
