import JobBackends

/// What an invocation brings, and what it asks of the pool.
struct InvocationWork: Sendable {
  let payload: [UInt8]
  var tenant: String?
  var lease: EnvironmentLease?
  var whenFull = PoolRequest.WhenFull.waits
  /// Told the request's id and the answer, on a thread that must not be held up; for callers that do not wait.
  var whenDone: (@Sendable (String, InvocationAnswer) -> Void)?
}
