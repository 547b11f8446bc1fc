import FoundationEssentials
import Jobs
public import RunRecords
public import Scenarios
import Pricing

/// What a plan may count on: how long a job takes and what it costs, from a scenario's `assume` or from a run.
public struct PlanModel: Sendable {
  /// A job of one entry; nil is unknown.
  struct Job: Sendable {
    var seconds: Double?
    var dollars: Double?
  }

  /// Where it comes from, for a sentence: `assumed`, `as in run X`.
  let source: String
  private let entries: [String: Job]
  private let languages: [String: Job]
  private let anyJob: Job

  /// What the scenario assumes.
  ///
  /// - Parameter deployment: where the jobs will run; nil prices them as if on the lean profile.
  public init(_ assumptions: Assumptions, on deployment: DeploymentInfo? = nil) {
    source = "assumed"
    (entries, languages) = ([:], [:])
    let dollars: Double? =
      if let billed = assumptions.billed, let memory = assumptions.memoryMB {
        Self.dollars(InvocationUsage(durationMilliseconds: billed.inSeconds * 1e3, memoryMB: memory), deployment)
      } else { nil }
    anyJob = Job(seconds: assumptions.endToEnd?.inSeconds, dollars: dollars)
  }

  /// What a run measured, for each entry, or for its language where the entry was not in that run.
  public init(_ run: RunReading, on deployment: DeploymentInfo? = nil) {
    source = "as in run \(run.info.id)"
    var info = run.info
    if let deployment { info.deployment = deployment }
    let pricing = RecordPricing(info)
    entries = Dictionary(grouping: run.recorded, by: \.entry).mapValues { Self.mean($0, pricing) }
    languages = Dictionary(grouping: run.recorded, by: \.language.rawValue).mapValues { Self.mean($0, pricing) }
    anyJob = Job()
  }

  func job(_ entry: MixEntry) -> Job {
    entries[entry.name] ?? languages[entry.submission.language.rawValue] ?? anyJob
  }

  private static func mean(_ records: [JobRecord], _ pricing: RecordPricing) -> Job {
    let times = records.compactMap { record in record.t7.map { Double($0 - record.t0) / 1e9 } }
    let costs = records.compactMap(pricing.dollars(of:))
    return Job(seconds: average(times), dollars: average(costs))
  }

  private static func average(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// A job with that execution, and with the one status read of a client that waits for its end.
  private static func dollars(_ usage: InvocationUsage, _ deployment: DeploymentInfo?) -> Double {
    JobPricing(.priced(deployment)).cost(
      of: JobUsage(execution: usage, polls: 1, waitedMilliseconds: usage.billedMilliseconds)
    ).total
      .double
  }
}
