import Jobs
import Statistics

/// A run's recorded jobs in the text exposition format of Prometheus, version 0.0.4.
///
/// Quantiles are those that the number of jobs supports; jobs that never finished count at their age.
struct PrometheusExposition {
  private struct Kind: Hashable {
    var phase: String
    var entry: String
    var language: Language
    var outcome: JobOutcome
  }

  private let info: RunInfo
  private let series: [Series]
  private let clock: RunClock
  private var kinds: [Kind: Int] = [:]
  private var collectors: [SampleCollector]

  init(_ info: RunInfo, _ series: [Series]) {
    self.info = info
    self.series = series
    clock = RunClock(info)
    collectors = series.map { _ in SampleCollector() }
  }

  mutating func add(_ record: JobRecord) {
    guard record.recorded else { return }
    let kind = Kind(phase: record.phase, entry: record.entry, language: record.language, outcome: record.outcome)
    kinds[kind, default: 0] += 1
    for (place, series) in series.enumerated() {
      guard let value = record.value(of: series, on: clock) else { continue }
      collectors[place].add(value.nanoseconds, isCensored: value.isCensored)
    }
  }

  var text: String {
    (runLines + jobLines + ["# HELP rce_bench_duration_seconds Durations of recorded jobs by series."]
      + ["# TYPE rce_bench_duration_seconds summary"] + zip(series, collectors).flatMap(durationLines))
      .joined(separator: "\n") + "\n"
  }

  private var runLines: [String] {
    let labels = Self.labels([
      ("id", info.id), ("scenario", info.scenario), ("target", info.target), ("partial", "\(info.partial)"),
    ])
    return [
      "# HELP rce_bench_run_info The run.", "# TYPE rce_bench_run_info gauge", "rce_bench_run_info\(labels) 1",
      "# HELP rce_bench_run_start_time_seconds When the run started, since 1970.",
      "# TYPE rce_bench_run_start_time_seconds gauge",
      "rce_bench_run_start_time_seconds \(Double(info.startedAt) / 1_000)",
    ]
  }

  private var jobLines: [String] {
    let lines = kinds.map { kind, count in
      let labels = Self.labels([
        ("phase", kind.phase), ("entry", kind.entry), ("language", kind.language.rawValue),
        ("outcome", kind.outcome.rawValue),
      ])
      return "rce_bench_jobs\(labels) \(count)"
    }
    return ["# HELP rce_bench_jobs Recorded jobs by how they ended.", "# TYPE rce_bench_jobs gauge"] + lines.sorted()
  }

  private func durationLines(_ series: Series, _ collector: SampleCollector) -> [String] {
    let sample = collector.sample
    guard sample.count > 0 else { return [] }
    let quantiles = PercentileRule.printed.compactMap { probability in
      sample.quantile(probability).exact.map { value in
        let labels = Self.labels([("series", series.rawValue), ("quantile", "\(probability)")])
        return "rce_bench_duration_seconds\(labels) \(Double(value) / 1e9)"
      }
    }
    let labels = Self.labels([("series", series.rawValue)])
    return quantiles + [
      "rce_bench_duration_seconds_sum\(labels) \(Double(sample.sum) / 1e9)",
      "rce_bench_duration_seconds_count\(labels) \(sample.count)",
    ]
  }

  private static func labels(_ pairs: [(name: String, value: String)]) -> String {
    "{" + pairs.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",") + "}"
  }

  private static func escaped(_ value: String) -> String {
    var escaped = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
