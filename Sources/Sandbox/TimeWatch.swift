package import HostSystem

/// Says when a running program has used up its wall-clock or its CPU time; it reads no clock itself.
package struct TimeWatch: Sendable, Equatable {
  /// What to do.
  package enum Decision: Sendable, Equatable {
    case stop(SandboxLimit)
    /// Nothing can have run out before this instant.
    case wait(until: MonotonicInstant)
  }

  /// A check may come this much late, so that a program with many threads is not polled without pause.
  static let finestStep: Int64 = 1_000_000

  let start: MonotonicInstant
  let wallDeadline: MonotonicInstant
  let cpuLimit: Int64
  let processors: Int64

  /// A watch over a program that started at an instant on a machine with this many processors.
  package init(start: MonotonicInstant, limits: SandboxLimits, processors: Int) {
    self.start = start
    wallDeadline = start + limits.wall.wholeNanoseconds
    cpuLimit = limits.cpu.wholeNanoseconds
    self.processors = Int64(max(processors, 1))
  }

  /// The earliest instant at which the CPU limit can be reached.
  var firstCheck: MonotonicInstant { start + cpuLimit / processors }

  /// Decides at an instant, with the CPU nanoseconds used until then.
  ///
  /// CPU time grows at most by `processors` seconds a second, which gives the earliest instant of the next check.
  package func decide(at now: MonotonicInstant, cpuUsed: Int64) -> Decision {
    if now >= wallDeadline { return .stop(.wall) }
    let left = cpuLimit - cpuUsed
    if left <= 0 { return .stop(.cpu) }
    return .wait(until: min(wallDeadline, now + max(left / processors, Self.finestStep)))
  }
}

extension Duration {
  /// The duration in nanoseconds, rounded down.
  var wholeNanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }
}
