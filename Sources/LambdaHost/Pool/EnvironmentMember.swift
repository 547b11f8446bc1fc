package import HostSystem
package import JobBackends

/// What a pool knows of one environment.
package struct EnvironmentMember: Sendable, Hashable {
  package var phase: EnvironmentPhase
  /// How it came to be, which decides whether idleness ends it and whether it is replaced.
  package var type: InitializationType
  /// Invocations given to it so far.
  package var invocations = 0
  /// Whom it serves and nobody else; nil before its first invocation.
  package var owner: TenantClass?
  /// The lease that keeps it from everybody else's work.
  package var lease: EnvironmentLease?
  /// It ends as soon as it asks for more.
  package var retirement: Retirement?

  package init(phase: EnvironmentPhase, type: InitializationType = .onDemand, owner: TenantClass? = nil) {
    self.phase = phase
    self.type = type
    self.owner = owner
  }

  package var isStopping: Bool { if case .stopping = phase { true } else { false } }

  /// Since when it has been idle and in nobody's lease.
  package var freeSince: MonotonicInstant? {
    guard case .idle(let since) = phase, lease == nil else { return nil }
    return since
  }

  /// It counts towards the invocations at once: one runs in it or waits for it to start, or has been answered while the
  /// environment has not asked for more, which is when an invocation ends on Lambda.
  package var isOccupied: Bool {
    switch phase {
    case .busy, .settling, .starting(_, .some): true
    case .starting(_, nil), .idle, .stopping: false
    }
  }
}

/// How an environment came to be; the words are those of Lambda's `AWS_LAMBDA_INITIALIZATION_TYPE`.
package enum InitializationType: String, Sendable, Hashable {
  /// Work came, or was expected to.
  case onDemand = "on-demand"
  /// So many are to be ready at any time.
  case provisioned = "provisioned-concurrency"
}
