/// Jobs in given shares over intervals, as a contest or a working day has them.
public struct RateShares: Sendable, Hashable {
  /// A stretch with one rate.
  public struct Interval: Sendable, Hashable {
    /// The interval's part of the jobs, in the unit of the other intervals' shares.
    public var share: Double
    /// How long it lasts.
    public var duration: Duration

    /// An interval.
    public init(share: Double, duration: Duration) {
      self.share = share
      self.duration = duration
    }
  }

  /// The intervals in order; at least one share is above 0.
  public var intervals: [Interval]
  /// Jobs expected in all.
  public var jobs: Double
  /// Variance over mean of the jobs in a minute; nil is what the arrival process has, which is 1 for Poisson.
  public var dispersion: Double?

  /// Shares of a number of jobs.
  public init(_ intervals: [Interval], jobs: Double, dispersion: Double? = nil) {
    self.intervals = intervals
    self.jobs = jobs
    self.dispersion = dispersion
  }

  /// How long all intervals last.
  public var duration: Duration { intervals.reduce(.zero) { $0 + $1.duration } }

  /// The highest rate among the intervals, in jobs per second.
  var peak: Double { levels.map(\.rate).max() ?? 0 }

  /// The rate of each interval.
  private var levels: [(rate: Double, seconds: Double)] {
    let sum = intervals.reduce(0) { $0 + $1.share }
    return intervals.map { ($0.share / sum * jobs / $0.duration.inSeconds, $0.duration.inSeconds) }
  }

  /// The rates, in every minute mixed with a gamma variate of mean 1 where jobs should come in clusters.
  ///
  /// With m jobs expected in a stretch and a variate of shape m / (d - 1), counts of a Poisson process are negative
  /// binomial with variance d m (Greenwood and Yule 1920). All of it is scaled to the number of jobs in the end.
  func profile(_ randomness: RandomStream) -> RateProfile {
    guard let dispersion, dispersion > 1 else { return RateProfile(levels: levels) }
    var variates = GammaVariates(randomness)
    let mixed = levels.flatMap(Self.minutes).map { level in
      let expected = level.rate * level.seconds
      let factor = expected > 0 ? variates.next(shape: expected / (dispersion - 1)) : 0
      return (rate: level.rate * factor, seconds: level.seconds)
    }
    let sum = mixed.reduce(0) { $0 + $1.rate * $1.seconds }
    // Where chance leaves nothing at all, the shares themselves are the better plan.
    guard sum > 0 else { return RateProfile(levels: levels) }
    return RateProfile(levels: mixed.map { ($0.rate * (jobs / sum), $0.seconds) })
  }

  private static func minutes(_ level: (rate: Double, seconds: Double)) -> [(rate: Double, seconds: Double)] {
    let whole = Int(level.seconds / 60)
    let rest = level.seconds - Double(whole) * 60
    return Array(repeating: (level.rate, 60), count: whole) + (rest > 1e-9 ? [(level.rate, rest)] : [])
  }
}
