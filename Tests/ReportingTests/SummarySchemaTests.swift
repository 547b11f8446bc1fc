import FoundationEssentials
import Reporting
import RunRecords
import TestServices
import Testing

@Suite("The schema of summary.json", .enabled(if: SchemaCheck.isInstalled, "python3-jsonschema is not installed"))
struct SummarySchemaTests {
  private static let goldens = #filePath.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/Goldens"

  @Test("takes the summaries that are written down")
  func goldens() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.goldens).filter {
      $0.hasSuffix("summary.json")
    }
    #expect(names.count >= 3)
    let documents = try names.map { ($0, try String(contentsOfFile: "\(Self.goldens)/\($0)", encoding: .utf8)) }
    for (name, result) in zip(names, try SchemaCheck.results(SummarySchema.text, documents)) {
      #expect(result == "ok", "\(name)")
    }
  }

  @Test("takes the summaries of random runs")
  func randomRuns() throws {
    let info = SyntheticRun.smoke().info
    let documents = (0..<40).map { seed in
      // Jobs of any kind; what a store says of a run as a whole is another matter.
      ("\(seed).json", RunReport(RunReading(info: info, records: RandomRun(seed: UInt64(seed)).reading.records)).json)
    }
    let results = try SchemaCheck.results(SummarySchema.text, documents)
    #expect(results.count == 40)
    for (seed, result) in results.enumerated() { #expect(result == "ok", "seed \(seed)") }
  }

  @Test("refuses a summary with a key of its own, or without one that it needs")
  func strict() throws {
    let good = RunReport(SyntheticRun.smoke()).json
    let more = good.replacing("\"schemaVersion\"", with: "\"color\" : 1, \"schemaVersion\"")
    let less = good.replacing("\"schemaVersion\"", with: "\"schemaVersio\"")
    let results = try SchemaCheck.results(SummarySchema.text, [("a.json", good), ("b.json", more), ("c.json", less)])
    #expect(results[0] == "ok" && results[1] != "ok" && results[2] != "ok")
  }
}
