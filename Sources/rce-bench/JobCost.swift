import Reporting
import RunRecords
import Scenarios

/// What a job would have cost on AWS, for the run's own cost limit.
enum JobCost {
  /// Dollars at list price, without the free tier.
  ///
  /// Where jobs only would have cost something, those of which the target tells no billed time count nothing; on AWS, where
  /// they do, they count at most what they can have cost.
  static func pricing(_ polling: PollingPolicy, on deployment: DeploymentInfo?) -> @Sendable (JobRecord) -> Double {
    let pricing = RecordPricing(polling: polling, on: deployment)
    guard let deployment else { return { pricing.dollars(of: $0) ?? 0 } }
    let executor = deployment.memoryMB["executor"] ?? 0
    return { pricing.bound(of: $0, executorMB: executor) }
  }
}
