/// The pause that a user of a closed phase makes between the end of one job and the next.
public enum ThinkTime: Sendable, Hashable {
  /// Always the same.
  case fixed(Duration)
  /// At random with this mean, as pauses of people are.
  case exponential(mean: Duration)

  /// The pause on average.
  public var mean: Duration {
    switch self {
    case .fixed(let time), .exponential(let time): time
    }
  }

  /// Nanoseconds after the job with this number in its phase: a pure function, whatever order jobs end in.
  package func nanoseconds(seed: UInt64, phase: Int, job: Int) -> Int64 {
    switch self {
    case .fixed(let time): return time.inNanoseconds
    case .exponential(let mean):
      var stream = RandomStream(seed: seed, purpose: 0x5_0000_0000 + UInt64(phase), index: UInt64(job))
      return Int64((-naturalLogarithm(stream.unit()) * Double(mean.inNanoseconds)).rounded())
    }
  }
}
