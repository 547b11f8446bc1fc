import HostSystem

/// What a program that was started ahead had used when its work came; none of it counts against the work.
struct WorkBaseline: Sendable {
  /// Instant of the work's arrival, from which its wall-clock time counts.
  var start: MonotonicInstant
  /// CPU nanoseconds.
  var cpu: Int64
  /// Processes and threads that had been refused.
  var refusedProcesses: Int
}
