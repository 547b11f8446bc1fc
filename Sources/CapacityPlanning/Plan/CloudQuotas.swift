/// Quotas of an AWS account that bound the rate of a platform of functions.
public struct CloudQuotas: Sendable, Hashable {
  /// Environments of the account that run at once.
  public var concurrency: Double
  /// Environments that the poller of a queue fills at once.
  public var pollerConcurrency: Double
  /// Calls a second of the API.
  public var callsPerSecond: Double
  /// Invocations a second for each unit of concurrency.
  public var invocationsPerConcurrency: Double

  /// What an account has unless it asked for more.
  public init(
    concurrency: Double = 1_000, pollerConcurrency: Double = 1_250, callsPerSecond: Double = 10_000,
    invocationsPerConcurrency: Double = 10
  ) {
    self.concurrency = concurrency
    self.pollerConcurrency = pollerConcurrency
    self.callsPerSecond = callsPerSecond
    self.invocationsPerConcurrency = invocationsPerConcurrency
  }

  /// The rate that each quota allows, the lowest first.
  ///
  /// - Parameters:
  ///   - seconds: how long a job keeps an executor busy.
  ///   - calls: calls to the API a job, the submission included.
  ///   - callSeconds: how long a call keeps an API function busy.
  public func ceilings(seconds: Double, calls: Double, callSeconds: Double = 0.015) -> [Ceiling] {
    [
      Ceiling(
        name: "Concurrent executions of the account", capacity: concurrency, demand: seconds + calls * callSeconds,
        unit: "environments", isMeasured: false),
      Ceiling(
        name: "Concurrency of the queue's poller", capacity: pollerConcurrency, demand: seconds, unit: "environments",
        isMeasured: false),
      Ceiling(
        name: "Calls to the API", capacity: callsPerSecond, demand: calls, unit: "calls/s", isMeasured: false),
      Ceiling(
        name: "Invocations of the account", capacity: concurrency * invocationsPerConcurrency, demand: 1 + calls,
        unit: "invocations/s", isMeasured: false),
    ].sorted { $0.rate < $1.rate }
  }

  /// What has to be raised for a peak, in sentences; empty where the quotas are enough.
  public func increases(environments: Int?, peakRate: Double, calls: Double, callSeconds: Double = 0.015) -> [String] {
    var increases: [String] = []
    if let environments {
      let needed = Double(environments) + peakRate * calls * callSeconds
      if needed > concurrency { increases.append("concurrent executions to \(Int(needed.rounded(.up)))") }
      if Double(environments) > pollerConcurrency {
        increases.append("provisioned pollers for \(environments) environments")
      }
    }
    if peakRate * calls > callsPerSecond {
      increases.append("API calls to \(Int((peakRate * calls).rounded(.up)))/s")
    }
    return increases
  }
}
