public import Jobs

/// Invocations that one environment serves one after the other, as it serves the jobs of one batch on Lambda.
///
/// Between two of them the environment does nothing else. Where it ends meanwhile, the next one gets another.
public struct EnvironmentLease: Sendable, Hashable {
  /// The name, used once.
  public let id: JobID

  /// A lease that holds no environment before its first invocation.
  public init() {
    id = JobID()
  }
}
