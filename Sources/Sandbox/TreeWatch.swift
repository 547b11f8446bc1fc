package import HostSystem

/// Keeps the limits of memory and processes where no control group does, from readings that it is given.
///
/// Between two readings a program may pass a limit for a moment; what it cannot do is stay above one.
package struct TreeWatch: Sendable, Equatable {
  /// Nanoseconds between two readings.
  static let interval: Int64 = 10_000_000

  private let limits: SandboxLimits
  /// The most memory that was seen at once.
  package private(set) var peakMemoryBytes = 0
  /// CPU nanoseconds at the last reading, and never less than at an earlier one: what ends unseen takes its own along.
  package private(set) var cpu: Int64 = 0
  /// The limit that a reading was above.
  package private(set) var exceeded: SandboxLimit?
  private var due: MonotonicInstant?

  /// A watch that has seen nothing yet.
  package init(_ limits: SandboxLimits) {
    self.limits = limits
  }

  /// Whether the processes have to be read again; whatever a program prints wakes its supervisor, too.
  package func isDue(at now: MonotonicInstant) -> Bool { due.map { now >= $0 } ?? true }

  /// When to read again, where a limit of time cannot be reached before an instant: no later than that.
  package mutating func wait(until instant: MonotonicInstant, at now: MonotonicInstant) -> MonotonicInstant {
    if let due, now < due { return due }
    let next = min(instant, now + Self.interval)
    due = next
    return next
  }

  /// Takes a reading.
  package mutating func note(_ reading: ProcessReading) {
    peakMemoryBytes = max(peakMemoryBytes, reading.memoryBytes)
    cpu = max(cpu, reading.cpu)
    if exceeded != nil { return }
    if reading.memoryBytes > limits.memoryBytes { exceeded = .memory }
    if reading.threads > limits.processes { exceeded = .processes }
  }
}
