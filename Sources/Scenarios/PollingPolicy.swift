/// How the generator learns that a job has ended; the wrong choice here is a measurement error.
public enum PollingPolicy: Sendable, Hashable {
  /// One status read that the platform answers when the job ends, or after this time; the platform may cap it.
  case longPoll(wait: Duration)
  /// The next read after 5 % of the job's age, at least 5 ms and at most 250 ms, with jitter.
  case proportional
  /// The next read after always the same time.
  case fixed(interval: Duration)
  /// The next read after a time that grows by a factor with every read, up to a cap.
  case exponential(initial: Duration, factor: Double, cap: Duration)
}
