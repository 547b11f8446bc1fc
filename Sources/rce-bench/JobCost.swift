import Reporting
import RunRecords
import Scenarios

/// What a job would have cost on AWS, for the run's own cost limit.
enum JobCost {
  /// Dollars at list price, without the free tier; 0 where the target says nothing of billed time.
  static func pricing(_ polling: PollingPolicy) -> @Sendable (JobRecord) -> Double {
    let pricing = RecordPricing(polling: polling)
    return { pricing.dollars(of: $0) ?? 0 }
  }
}
