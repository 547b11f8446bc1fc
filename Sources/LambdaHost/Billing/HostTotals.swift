/// Sums over all invocations, failed ones included, as Lambda bills them too.
package struct HostTotals: Sendable, Hashable, Codable {
  /// Invocations that reached an environment.
  package var invocations = 0
  /// Nanoseconds between hand-over and answer.
  package var duration: Int64 = 0
  /// Initialisations that invocations paid for.
  package var initialisations = 0
  /// Nanoseconds of those initialisations.
  package var initDuration: Int64 = 0
  /// Milliseconds billed.
  package var billedMilliseconds = 0

  mutating func add(_ report: InvocationReport) {
    invocations += 1
    duration += report.duration
    if let time = report.initDuration, report.isInitBilled {
      initialisations += 1
      initDuration += time
    }
    billedMilliseconds += report.billedMilliseconds
  }
}
