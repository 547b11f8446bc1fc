/// Walks the arrivals of a rate: evenly where R(t) reaches whole numbers, or as a Poisson process.
struct RateArrivals: Sendable {
  private let profile: RateProfile
  private let total: Double
  private var randomness: RandomStream?
  /// Where the next arrival is on the profile's integral.
  private var expected = 0.0

  init(_ profile: RateProfile, _ randomness: RandomStream?) {
    self.profile = profile
    self.randomness = randomness
    // A last arrival that rounding puts at the very end belongs to the next phase.
    total = profile.total * (1 - 1e-12)
    if randomness != nil { advance() }
  }

  /// The next due time; nil after the last.
  mutating func next() -> Int64? {
    guard expected < total else { return nil }
    defer { advance() }
    return Self.nanoseconds(profile.time(ofExpected: expected))
  }

  /// Leaves out so many arrivals; false where there are not as many.
  mutating func skip(_ count: Int) -> Bool {
    for _ in 0..<count {
      guard expected < total else { return false }
      advance()
    }
    return true
  }

  /// Arrivals from here on.
  var count: Int {
    guard randomness != nil else { return Int(total.rounded(.up)) }
    var (walk, count) = (self, 0)
    while walk.skip(1) { count += 1 }
    return count
  }

  /// A Poisson process with rate r(t) is one with rate 1 on the scale of R (Çinlar 1975), whose gaps are -ln U.
  private mutating func advance() {
    guard var stream = randomness.take() else { return expected += 1 }
    expected -= naturalLogarithm(stream.unit())
    randomness = stream
  }

  static func nanoseconds(_ seconds: Double) -> Int64 { Int64((seconds * 1e9).rounded()) }
}
