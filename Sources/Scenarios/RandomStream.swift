/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine for the same seed.
///
/// Not `SystemRandomNumberGenerator`, which cannot be repeated, and not the standard library's `shuffle`, whose
/// use of a generator may change between versions.
public struct RandomStream: Sendable {
  private var state: UInt64

  /// A stream for one purpose in one place, independent of the streams for others.
  ///
  /// - Parameters:
  ///   - seed: the scenario's seed.
  ///   - purpose: a number for what the stream is used for.
  ///   - index: the phase or the job that it is used in.
  public init(seed: UInt64, purpose: UInt64, index: UInt64) {
    state = Self.mix(Self.mix(Self.mix(seed) &+ purpose) &+ index)
  }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mix(state)
  }

  /// A number above 0 and below 1 with 53 random bits.
  public mutating func unit() -> Double {
    (Double(next() >> 11) + 0.5) * 0x1p-53
  }

  /// A number from 0 to below the bound; the bias of at most bound / 2^64 is of no consequence here.
  public mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
