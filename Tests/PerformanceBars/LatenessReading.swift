import FoundationEssentials
import StackControl

/// The generator's lateness, read from a run's `summary.json`.
struct LatenessReading {
  /// Milliseconds.
  let p50: Double
  /// Milliseconds.
  let p99: Double
  /// Jobs that the figures come from.
  let jobs: Int

  private struct Summary: Decodable {
    struct Series: Decodable {
      struct Estimate: Decodable {
        let ms: Double
      }
      let series: String
      let scope: String
      let count: Int
      let percentiles: [String: Estimate]
    }
    let series: [Series]
  }

  /// Reads the one run in a folder of runs.
  init(runs: String) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? []
    guard let name = names.first else { throw StackError(.failed, "rce-bench wrote no run into \(runs)") }
    let data = try Data(contentsOf: URL(filePath: "\(runs)/\(name)/summary.json"))
    let summary = try JSONDecoder().decode(Summary.self, from: data)
    let lateness = summary.series.first { $0.series == "lateness" && $0.scope == "all" }
    guard let lateness, let p50 = lateness.percentiles["p50"]?.ms, let p99 = lateness.percentiles["p99"]?.ms else {
      throw StackError(.failed, "the run has too few jobs for a p99 of lateness", hint: "1,000 are needed")
    }
    self.p50 = p50
    self.p99 = p99
    jobs = lateness.count
  }
}
