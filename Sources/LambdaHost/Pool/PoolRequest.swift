package import JobBackends

/// What an invocation asks of the pool.
package struct PoolRequest: Sendable, Hashable {
  /// What becomes of an invocation for which there is no environment and no room for one.
  package enum WhenFull: Sendable, Hashable {
    /// It waits its turn, as the poller of a queue does.
    case waits
    /// It is throttled, as a direct invocation of Lambda is.
    case fails
  }

  package var invocation: InvocationID
  /// Whom it belongs to; only a pool that isolates tenants looks.
  package var tenant: String?
  /// The lease that it is part of.
  package var lease: EnvironmentLease?
  package var whenFull: WhenFull

  package init(
    _ invocation: InvocationID, tenant: String? = nil, lease: EnvironmentLease? = nil, whenFull: WhenFull = .waits
  ) {
    self.invocation = invocation
    self.tenant = tenant
    self.lease = lease
    self.whenFull = whenFull
  }
}

/// A tenant, or all that have none: they are a class of their own, and share no environment with anybody.
package struct TenantClass: Sendable, Hashable {
  package var name: String?

  package init(_ name: String?) {
    self.name = name
  }
}

/// Why an environment gets no more work after an answer.
package enum Retirement: Sendable, Hashable {
  /// The executor says that it must not be used again.
  case problem
  /// The program broke a limit, and the pool was told to take no chances.
  case limit
  /// It has had its share of invocations.
  case share
}
