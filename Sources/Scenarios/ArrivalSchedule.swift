/// When the jobs of an open phase are due: a pure function of the seed, the phase and the job's number in it.
///
/// Nothing is stored: iterating yields one due time after the other, in nanoseconds from the phase's start.
public struct ArrivalSchedule: Sequence, Sendable {
  private let profile: RateProfile
  private let randomness: RandomStream?

  /// Arrivals evenly along the profile, or, given randomness, as a Poisson process with its rate.
  package init(_ profile: RateProfile, randomness: RandomStream? = nil) {
    self.profile = profile
    self.randomness = randomness
  }

  /// The due times from the first.
  public func makeIterator() -> Iterator {
    Iterator(profile: profile, randomness: randomness)
  }

  /// Due times in ascending order, in nanoseconds from the phase's start.
  public struct Iterator: IteratorProtocol, Sendable {
    private let profile: RateProfile
    private let total: Double
    private var randomness: RandomStream?
    /// Where the next arrival is on the profile's integral.
    private var expected: Double

    fileprivate init(profile: RateProfile, randomness: RandomStream?) {
      self.profile = profile
      self.randomness = randomness
      // A last arrival that rounding puts at the very end belongs to the next phase.
      total = profile.total * (1 - 1e-12)
      expected = 0
      if randomness != nil { expected = exponential() }
    }

    /// The next due time; nil after the last.
    public mutating func next() -> Int64? {
      guard expected < total else { return nil }
      let due = profile.time(ofExpected: expected)
      expected += randomness == nil ? 1 : exponential()
      return Int64((due * 1e9).rounded())
    }

    /// A Poisson process with rate r(t) is one with rate 1 on the scale of R (Çinlar 1975), whose gaps are -ln U.
    private mutating func exponential() -> Double {
      guard var stream = randomness.take() else { return 1 }
      defer { randomness = stream }
      return -naturalLogarithm(stream.unit())
    }
  }

  /// How many arrivals there are; evenly spread ones are counted by formula, random ones by drawing them.
  package var count: Int {
    guard randomness != nil else { return Int((profile.total * (1 - 1e-12)).rounded(.up)) }
    var count = 0
    var iterator = makeIterator()
    while iterator.next() != nil { count += 1 }
    return count
  }
}
