/// Puts the platform's instants on the generator's time line.
public struct RunClock: Sendable, Hashable {
  /// Microseconds since 1970 at which `t*` count from.
  private let origin: Int64
  /// What is known of the difference between the two clocks; nil where it was taken to be none.
  public let offset: ClockOffset?

  /// The clock of a run.
  public init(_ info: RunInfo) {
    origin = info.startedAt * 1_000
    offset = info.clockOffset
  }

  /// The clock of a run whose origin is a whole millisecond of the generator's wall clock.
  public init(startedAt milliseconds: Int64, offset: ClockOffset? = nil) {
    origin = milliseconds * 1_000
    self.offset = offset
  }

  /// A platform instant as nanoseconds since the run's start; one more than a thousand days off counts as just that far off.
  public func nanoseconds(_ platform: Int64) -> Int64 {
    Self.difference(platform, origin &- (offset?.microseconds ?? 0)) * 1_000
  }

  /// Microseconds from one platform instant to another.
  ///
  /// Instants are whatever a platform says, so the difference is kept in a range in which arithmetic cannot overflow.
  static func difference(_ end: Int64, _ start: Int64) -> Int64 {
    let (value, overflow) = end.subtractingReportingOverflow(start)
    let bound: Int64 = 86_400_000_000_000
    if overflow { return end > start ? bound : -bound }
    return min(max(value, -bound), bound)
  }
}
