public import Jobs

/// What the API and the host must agree on: names, lifetimes, limits.
public struct PlatformConfiguration: Sendable, Hashable {
  /// What every key and channel starts with.
  ///
  /// The braces put all keys into one hash slot, so that the scripts also run where keys are spread over servers.
  public var keyPrefix = "{rce}:"
  /// Seconds from acceptance until a job, its idempotency key and its source text are forgotten.
  public var jobLifetimeSeconds = 86_400
  /// Milliseconds after which a message that was received and not acknowledged is given to another consumer.
  ///
  /// It must be longer than the longest job with its cold start and the retries of storing its result.
  public var visibilityTimeoutMilliseconds = 60_000
  /// Deliveries of a message before it is given up.
  public var maximumReceives = 3
  /// Bytes of source text that travel in the message; larger ones go through the code store.
  public var inlineCodeBytes = 65_536
  /// Dead letters that are kept for inspection, the newest.
  public var deadLetterLimit = 1_000

  /// The defaults.
  public init() {}

  /// The stream of messages.
  public var streamKey: String { keyPrefix + "jobs" }
  /// The stream of messages that were given up.
  public var deadLetterKey: String { streamKey + ":dead" }
  /// The consumer group that all dispatchers belong to.
  public var groupName: String { "dispatch" }
  /// Where the ids of ended jobs are published.
  public var finishedChannel: String { keyPrefix + "finished" }

  /// The sorted set of hosts by the time of their last sign of life.
  public var hostsKey: String { keyPrefix + "hosts" }
  /// The hash of what each host says of itself.
  public var hostReportsKey: String { hostsKey + ":reports" }

  /// The hash that holds a job's status.
  public func statusKey(of job: JobID) -> String { keyPrefix + "job:\(job)" }

  /// The string that holds the job that an idempotency key names.
  public func idempotencyKey(_ key: String) -> String { keyPrefix + "idempotency:" + key }
}
