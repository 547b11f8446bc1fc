import Jobs
import RunRecords
public import Statistics

/// The wait in the queue where the platform tells no instants: what the states seen by polling leave open.
///
/// Each job's wait lies between two bounds. As no wait is below its lower bound, no quantile of the waits is below the
/// same quantile of the lower bounds; likewise above. So a quantile is an interval here, and never one number.
public struct QueueBracket: Sendable {
  /// The jobs' lower bounds in nanoseconds.
  public let lower: Sample
  /// The jobs' upper bounds in nanoseconds.
  public let upper: Sample

  /// The brackets of jobs; nil where no job has one, or where the platform tells the instants of others.
  init?(_ tally: QueueBracketTally) {
    (lower, upper) = (tally.lower.sample, tally.upper.sample)
    guard !tally.isTold, lower.count > 0 else { return nil }
  }

  /// Jobs with a bracket.
  public var count: Int { lower.count }

  /// Between what the quantile lies, in nanoseconds; nil where there are too few jobs for it.
  public func quantile(_ probability: Double) -> ClosedRange<Int64>? {
    guard let low = lower.quantile(probability).exact, let high = upper.quantile(probability).exact else { return nil }
    return low...high
  }

  /// Between what the longest wait lies, in nanoseconds.
  public var maximum: ClosedRange<Int64> { (lower.maximum ?? 0)...(upper.maximum ?? 0) }

  /// `between 12.0 ms and 48.1 ms`.
  func text(_ range: ClosedRange<Int64>) -> String {
    let (low, high) = (range.lowerBound, range.upperBound)
    return "between \(QuantityText.duration(nanoseconds: low)) and \(QuantityText.duration(nanoseconds: high))"
  }
}

/// Collects what `QueueBracket` tells, one job after the other.
struct QueueBracketTally {
  /// The platform tells the instants of at least one job.
  private(set) var isTold = false
  private(set) var lower = SampleCollector()
  private(set) var upper = SampleCollector()

  mutating func add(_ job: JobRecord) {
    guard !isTold else { return }
    isTold = job.timings?.s1 != nil && job.timings?.s2 != nil
    guard let bracket = job.queueWaitBracket else { return }
    lower.add(bracket.lowerBound)
    upper.add(bracket.upperBound)
  }
}
