import JobBackends

/// What an invocation brings, and what it asks of the pool.
struct InvocationWork: Sendable {
  let payload: [UInt8]
  var tenant: String?
  var lease: EnvironmentLease?
  var whenFull = PoolRequest.WhenFull.waits
}
