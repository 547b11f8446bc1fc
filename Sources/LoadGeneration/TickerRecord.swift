/// By how much a regular ticker was late in each second of a run.
package struct TickerRecord: Sendable, Equatable {
  private var largest: [Int: Int64] = [:]

  package init() {}

  /// The second of an instant in nanoseconds since the run's start.
  package static func second(of instant: Int64) -> Int { Int(max(instant, 0) / 1_000_000_000) }

  /// A tick that was due at one instant came at another; every second in between was without one.
  package mutating func note(due: Int64, at now: Int64) {
    for second in Self.second(of: due)...max(Self.second(of: due), Self.second(of: now)) {
      largest[second] = max(largest[second] ?? 0, now - due)
    }
  }

  /// The largest lateness in a second, in nanoseconds.
  package func lateness(in second: Int) -> Int64 { largest[second] ?? 0 }
}
