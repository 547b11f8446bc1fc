import Foundation
import Jobs
import Pricing
import RunRecords

/// What a job would have cost on AWS Lambda, for the run's own cost limit.
enum JobCost {
  /// Dollars at list price, without the free tier; 0 where the target says nothing of billed time.
  static func dollars(of record: JobRecord) -> Double {
    guard let billed = record.timings?.billedMs, let memory = record.timings?.memoryMB else { return 0 }
    let usage = InvocationUsage(billedMilliseconds: billed, memoryMB: memory)
    return NSDecimalNumber(decimal: usage.cost(in: .usEast1, on: .x86)).doubleValue
  }
}
