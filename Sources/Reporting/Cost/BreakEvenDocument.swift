import Foundation
import Pricing

/// Break-evens for tools.
struct BreakEvenDocument: Encodable {
  struct Host: Encodable {
    /// Executions a month from which on a first host is cheaper than the executor; absent where a full one never is.
    var executionsPerMonth: Decimal?
    var name: String
    /// US dollars an hour of one processor.
    var processorHour: Decimal
    /// The share of the time that it must be busy to be cheaper than Lambda.
    var utilisation: Decimal
  }

  var hosts: [Host]
  /// US dollars of a job in the executor.
  var job: Decimal
  /// Peak of the load over its mean, which hosts are sized for.
  var peak: Decimal
  var processorSecondsPerJob: Decimal
  /// Executions a month from which on a first provisioned environment pays; absent where one never does.
  var provisionedExecutionsPerMonth: Decimal?
  /// The share of the time that a provisioned environment must be busy to pay.
  var provisionedUtilisation: Decimal

  init(_ breakEven: BreakEven) {
    hosts = AlwaysOnHost.all(in: breakEven.book).map { host in
      Host(
        executionsPerMonth: ((try? breakEven.volume(host)) ?? nil).map(CostNumber.exact), name: host.name,
        processorHour: CostNumber.exact(host.processorHour),
        utilisation: CostNumber.exact(host.breakEvenUtilisation(in: breakEven.book)))
    }
    job = CostNumber.exact((try? breakEven.job) ?? 0)
    peak = breakEven.peak
    processorSecondsPerJob = CostNumber.exact(breakEven.processorSeconds)
    provisionedExecutionsPerMonth = breakEven.provisionedVolume.map(CostNumber.exact)
    provisionedUtilisation = CostNumber.exact(breakEven.provisionedUtilisation)
  }
}
