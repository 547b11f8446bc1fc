package import HostSystem

/// What the owner of a pool must do after an event, in this order.
package enum PoolAction: Sendable, Hashable {
  /// Start the process of an environment.
  case start(EnvironmentID, InitializationType)
  /// An invocation begins although its environment still starts, because its first one did not.
  case begin(Assignment)
  /// Give an invocation to an environment that waits for work.
  case hand(Assignment)
  /// Tell the caller of an invocation that it has failed, and with which environment if it had one.
  case fail(InvocationID, PoolFailure, EnvironmentID?)
  /// Ask an environment to end; it runs nothing.
  case terminate(EnvironmentID)
  /// Kill an environment with all its descendants.
  case kill(EnvironmentID)
}

/// An invocation and the environment that serves it.
package struct Assignment: Sendable, Hashable {
  package var invocation: InvocationID
  package var environment: EnvironmentID
  /// When the invocation was given to the environment, one that was still to start included.
  package var handedAt: MonotonicInstant
  /// When the environment was ready for it; equals `handedAt` where it was idle.
  package var readyAt: MonotonicInstant
  /// From when the duration and the time limit of the invocation count: `readyAt`, or where its environment is the second
  /// try after one that did not start, the end of the first.
  package var beganAt: MonotonicInstant
  /// The invocation waited for the environment to start.
  package var coldStart: Bool

  package init(
    invocation: InvocationID, environment: EnvironmentID, handedAt: MonotonicInstant, readyAt: MonotonicInstant,
    beganAt: MonotonicInstant? = nil, coldStart: Bool
  ) {
    self.invocation = invocation
    self.environment = environment
    self.handedAt = handedAt
    self.readyAt = readyAt
    self.beganAt = beganAt ?? readyAt
    self.coldStart = coldStart
  }
}

/// Why an invocation has no answer.
package enum PoolFailure: Sendable, Hashable {
  /// Its environment ended, or reported an error, before it was ready, and so did the second one.
  case initFailed
  /// Its first environment did not start, and the second was not ready within the time of the invocation.
  case initTimedOut
  /// Its environment ended while it ran.
  case exited
  /// It was not answered in time.
  case timedOut
  /// There is neither an environment for it nor room for one, and it is not one that waits.
  case throttled
  /// The pool is shutting down.
  case shuttingDown
}

/// Whether an environment may have what it asks for.
package enum PoolReply: Sendable, Hashable {
  /// It may, and this is to be done.
  case accepted([PoolAction])
  /// It may not, in the state that it is in.
  case refused
}
