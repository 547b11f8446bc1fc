/// Which messages are taken together.
public struct BatchRules: Sendable, Hashable {
  /// Messages of a batch at most.
  public var size = 1
  /// Nanoseconds after its first message for which a batch waits for more; 0 takes what is there.
  public var window: Int64 = 0
  /// A batch holds the jobs of one tenant only.
  public var isolatesTenants = false

  /// One message each.
  public init() {}
}

/// How a queue is polled.
public struct PollerConfiguration: Sendable, Hashable {
  /// Batches in hand at once at most.
  public var limit: Int
  /// How that is reached; nil from the beginning.
  public var ramp: ConcurrencyRamp?
  /// Which messages are taken together.
  public var batches = BatchRules()

  /// All at once, one message each.
  public init(limit: Int, ramp: ConcurrencyRamp? = nil) {
    self.limit = limit
    self.ramp = ramp
  }
}

/// What a poller does at one instant, and has done so far.
public struct PollerSnapshot: Sendable, Hashable, Codable {
  /// Batches in hand at once at most.
  public var limit: Int
  /// Batches that may be in hand at present.
  public var allowed: Int
  /// Batches in hand.
  public var running: Int
  /// Batches so far.
  public var batches = 0
  /// Messages in them.
  public var messages = 0
  /// Batches of which some messages came again and others not.
  public var partialFailures = 0
  /// Messages that came again.
  public var itemFailures = 0

  mutating func add(_ outcomes: [DispatchOutcome]) {
    let failures = outcomes.count(where: \.isItemFailure)
    batches += 1
    messages += outcomes.count
    itemFailures += failures
    if failures > 0 && failures < outcomes.count { partialFailures += 1 }
  }
}
