/// How a platform of known behaviour behaves; durations are nanoseconds.
package struct PlatformBehaviour: Sendable {
  /// From acceptance to the job's end, by the number of jobs accepted before it.
  package var service: @Sendable (Int) -> Int64
  /// From the first submission on, when nothing is answered; nil is never.
  package var frozen: Range<Int64>?

  package init(
    service: @escaping @Sendable (Int) -> Int64 = { _ in 0 }, frozen: Range<Int64>? = nil
  ) {
    self.service = service
    self.frozen = frozen
  }

  /// From a slow job's end to its result being visible.
  package static let publishDelay: Int64 = 700_000_000
  /// How long a twin takes, so that the job with its id comes while it is in flight.
  static let twinService: Int64 = 1_500_000_000
  /// Seconds of Retry-After.
  package static let retryAfter = 1
}
