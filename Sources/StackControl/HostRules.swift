/// The rules of a stack's host that a run may want to change, since they decide about cold starts and queueing.
public struct HostRules: Sendable, Hashable {
  /// How fast the poller reaches its number of batches in hand.
  public enum Poller: String, Sendable, CaseIterable {
    /// At once.
    case local
    /// As Lambda's poller of an SQS queue does: 5, then 300 more a minute, 1,250 at most.
    case lambda
  }

  /// Environments that are always kept ready.
  public var provisionedConcurrency = 0
  /// An environment serves one tenant only.
  public var tenantIsolation = false
  /// How fast the poller reaches its number.
  public var poller = Poller.local

  /// The host's own defaults.
  public init() {}

  /// What `rce-lambda-host` and `rce-bench stack up` both are told; nothing where the defaults hold.
  public var arguments: [String] {
    (provisionedConcurrency > 0 ? ["--provisioned-concurrency", String(provisionedConcurrency)] : [])
      + (tenantIsolation ? ["--tenant-isolation"] : []) + (poller == .local ? [] : ["--poller", poller.rawValue])
  }
}
