package import HostSystem

/// Where an environment is in its life.
package enum EnvironmentPhase: Sendable, Hashable {
  /// Its process has been, or is being, started; an invocation may already wait for it and for no other.
  case starting(since: MonotonicInstant, bound: BoundInvocation?)
  /// It waits for work.
  case idle(since: MonotonicInstant)
  /// It works.
  case busy(Assignment)
  /// It has answered and has not asked for more yet.
  case settling(since: MonotonicInstant)
  /// It has been asked to end, to be killed at the deadline; nil means that it was killed already.
  case stopping(killAt: MonotonicInstant?)

  /// One of a bounded set of words.
  package var label: String {
    switch self {
    case .starting: "starting"
    case .idle: "idle"
    case .busy: "busy"
    case .settling: "settling"
    case .stopping: "stopping"
    }
  }
}

/// An invocation that waits for one environment to start.
package struct BoundInvocation: Sendable, Hashable {
  package var request: PoolRequest
  package var handedAt: MonotonicInstant
  /// Its first environment did not start, and this is when it began to try another within its own time; nil for the
  /// first.
  package var repeatedSince: MonotonicInstant?

  package init(request: PoolRequest, handedAt: MonotonicInstant, repeatedSince: MonotonicInstant? = nil) {
    self.request = request
    self.handedAt = handedAt
    self.repeatedSince = repeatedSince
  }
}
