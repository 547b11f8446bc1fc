package import HostSystem

/// Decides whether a program that died is started again: yes, unless it keeps dying.
package struct RestartPolicy {
  /// What to do about a death.
  package enum Decision: Equatable {
    /// Start it again after this many nanoseconds.
    case restart(after: Int64)
    /// It has died too often in too short a time.
    case giveUp
  }

  private var deaths: [StackProgram: [MonotonicInstant]] = [:]
  private let limit = 5
  private let window: Int64 = 60_000_000_000

  package init() {}

  /// Takes note of a death: the first restart is at once, the next ones wait longer and longer.
  package mutating func died(_ program: StackProgram, at instant: MonotonicInstant) -> Decision {
    let recent = deaths[program, default: []].filter { instant - $0 < window } + [instant]
    deaths[program] = recent
    guard recent.count <= limit else { return .giveUp }
    return .restart(after: recent.count == 1 ? 0 : 100_000_000 << Int64(recent.count - 2))
  }
}
