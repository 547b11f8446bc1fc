package import FoundationEssentials

/// What jobs used in all, in whole numbers.
///
/// A job's cost is linear in its quantities, so that the cost of a run is exact from their sums, and a million jobs need
/// no decimal arithmetic each.
struct JobUsageSums: Sendable, Hashable {
  var jobs = 0
  /// Mebibytes times milliseconds, every delivery.
  private(set) var compute: Int128 = 0
  /// The same of deliveries before the last.
  private(set) var repeatedCompute: Int128 = 0
  /// Mebibytes of /tmp beyond 512 times milliseconds.
  private(set) var ephemeral: Int128 = 0
  private(set) var repeatedEphemeral: Int128 = 0
  /// Milliseconds billed, every delivery.
  private(set) var milliseconds: Int128 = 0
  /// The same of deliveries before the last.
  private(set) var repeatedMilliseconds: Int128 = 0
  private(set) var deliveries = 0
  /// Submissions and status reads.
  private(set) var calls = 0
  /// Submissions beyond each job's first.
  private(set) var resubmissions = 0
  private(set) var waitedMilliseconds = 0

  init() {}

  init(_ job: JobUsage) {
    let execution = job.execution
    let milliseconds = Int128(execution.billedMilliseconds)
    let (each, again) = (milliseconds * Int128(execution.memoryMB), Int128(job.deliveries - 1))
    let beyond = milliseconds * Int128(max(0, execution.ephemeralMB - 512))
    jobs = 1
    (compute, repeatedCompute) = (each * (again + 1), each * again)
    (self.milliseconds, repeatedMilliseconds) = (milliseconds * (again + 1), milliseconds * again)
    (ephemeral, repeatedEphemeral) = (beyond * (again + 1), beyond * again)
    deliveries = job.deliveries
    calls = job.submissions + job.polls
    resubmissions = job.submissions - 1
    waitedMilliseconds = job.waitedMilliseconds
  }

  static func += (sum: inout Self, one: Self) {
    sum.jobs += one.jobs
    sum.compute += one.compute
    sum.repeatedCompute += one.repeatedCompute
    sum.ephemeral += one.ephemeral
    sum.repeatedEphemeral += one.repeatedEphemeral
    sum.milliseconds += one.milliseconds
    sum.repeatedMilliseconds += one.repeatedMilliseconds
    sum.deliveries += one.deliveries
    sum.calls += one.calls
    sum.resubmissions += one.resubmissions
    sum.waitedMilliseconds += one.waitedMilliseconds
  }

  /// GB-seconds of all executions.
  var gigabyteSeconds: Decimal { .gigabyteSeconds(compute) }
  var repeatedGigabyteSeconds: Decimal { .gigabyteSeconds(repeatedCompute) }
  var ephemeralSeconds: Decimal { .gigabyteSeconds(ephemeral) }
  var repeatedEphemeralSeconds: Decimal { .gigabyteSeconds(repeatedEphemeral) }
}

extension Decimal {
  /// GB-seconds, as AWS bills them, of mebibytes times milliseconds.
  package static func gigabyteSeconds(_ megabyteMilliseconds: Int128) -> Decimal {
    whole(megabyteMilliseconds) / 1_024_000
  }

  /// A whole number.
  static func whole(_ number: Int128) -> Decimal {
    let (high, low) = number.quotientAndRemainder(dividingBy: 1_000_000_000_000_000_000)
    return Decimal(Int64(clamping: high)) * 1_000_000_000_000_000_000 + Decimal(Int64(low))
  }
}
