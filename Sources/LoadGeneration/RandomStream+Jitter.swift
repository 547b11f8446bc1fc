import Scenarios

extension RandomStream {
  /// The jitter of a job's polls, the same for the same seed and job.
  static func pollJitter(seed: UInt64, job: Int) -> Self {
    RandomStream(seed: seed, purpose: 3, index: UInt64(job))
  }

  /// The jitter of a job's retries, the same for the same seed and job.
  static func retryJitter(seed: UInt64, job: Int) -> Self {
    RandomStream(seed: seed, purpose: 5, index: UInt64(job))
  }
}
