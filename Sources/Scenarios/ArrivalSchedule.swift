/// When the jobs of an open phase are due: a pure function of the seed, the phase and the job's number in it.
///
/// Nothing is stored: iterating yields one due time after the other, in nanoseconds from the phase's start.
public struct ArrivalSchedule: Sequence, Sendable {
  private enum Rule: Sendable {
    case rate(RateProfile, RandomStream?)
    case bursts(Bursts)
    case recorded(ReplayTrace)
  }

  private let rule: Rule

  /// Arrivals evenly along the profile, or, given randomness, as a Poisson process with its rate.
  package init(_ profile: RateProfile, randomness: RandomStream? = nil) {
    rule = .rate(profile, randomness)
  }

  /// Arrivals many at once.
  package init(_ bursts: Bursts) { rule = .bursts(bursts) }

  /// Arrivals as they were recorded.
  package init(_ trace: ReplayTrace) { rule = .recorded(trace) }

  /// The due times from the first.
  public func makeIterator() -> Iterator {
    switch rule {
    case .rate(let profile, let randomness): Iterator(.rate(RateArrivals(profile, randomness)))
    case .bursts, .recorded: Iterator(.listed(self, count))
    }
  }

  /// Due times in ascending order, in nanoseconds from the phase's start.
  public struct Iterator: IteratorProtocol, Sendable {
    fileprivate enum Walk: Sendable {
      case rate(RateArrivals)
      case listed(ArrivalSchedule, Int)
    }

    private var walk: Walk
    private var index = 0

    fileprivate init(_ walk: Walk) {
      self.walk = walk
    }

    /// The next due time; nil after the last.
    public mutating func next() -> Int64? {
      switch walk {
      case .rate(var arrivals):
        let due = arrivals.next()
        walk = .rate(arrivals)
        return due
      case .listed(let schedule, let count):
        guard index < count else { return nil }
        defer { index += 1 }
        return schedule.due(index)
      }
    }
  }

  /// How many arrivals there are; random ones are counted by drawing their gaps.
  package var count: Int {
    switch rule {
    case .rate(let profile, let randomness): RateArrivals(profile, randomness).count
    case .bursts(let bursts): bursts.size * bursts.times
    case .recorded(let trace): trace.offsets.count
    }
  }

  /// When the job with this number is due, from 0; nil where there is no such job.
  ///
  /// The same as walking there, without the walk unless arrivals are random: those take the sum of all gaps before.
  package func due(_ index: Int) -> Int64? {
    guard index >= 0 else { return nil }
    switch rule {
    case .rate(let profile, nil):
      return index < count ? RateArrivals.nanoseconds(profile.time(ofExpected: Double(index))) : nil
    case .rate(let profile, let randomness):
      var arrivals = RateArrivals(profile, randomness)
      return arrivals.skip(index) ? arrivals.next() : nil
    case .bursts(let bursts):
      return index < bursts.size * bursts.times ? Int64(index / bursts.size) * bursts.every : nil
    case .recorded(let trace):
      return trace.offsets.indices.contains(index) ? trace.offsets[index] : nil
    }
  }

  /// Jobs that are due before a time in seconds: by the rate's integral where there is one, else as listed.
  package func expected(before seconds: Double) -> Double {
    switch rule {
    case .rate(let profile, _): profile.expected(by: Swift.min(seconds, profile.seconds))
    case .bursts(let bursts): Double(bursts.count(before: seconds))
    case .recorded(let trace): Double(trace.count(before: seconds))
    }
  }
}

/// So many jobs at one instant, now and then.
package struct Bursts: Sendable, Hashable {
  /// Jobs at once.
  package let size: Int
  /// Nanoseconds from one burst to the next.
  package let every: Int64
  /// Bursts in all.
  package let times: Int

  package init(size: Int, every: Int64, times: Int) {
    precondition(size > 0 && times > 0 && (every > 0 || times == 1), "bursts have jobs and lie apart")
    self.size = size
    self.every = every
    self.times = times
  }

  func count(before seconds: Double) -> Int {
    guard seconds > 0 else { return 0 }
    guard every > 0 else { return size }
    return size * Int(Swift.min((seconds * 1e9 / Double(every)).rounded(.up), Double(times)))
  }
}
