/// Little's law: the mean number of jobs in a system equals their arrival rate times the mean time they stay.
///
///     L = lambda W
///
/// It holds for any arrival process and any order of service, so a difference means that jobs were miscounted.
public struct LittlesLaw: Sendable, Hashable {
  /// Mean jobs in flight, as counted while the run went on.
  public let counted: Double
  /// Arrivals a second times mean seconds in the system, from the records.
  public let expected: Double

  /// A comparison of both sides.
  public init(counted: Double, expected: Double) {
    self.counted = counted
    self.expected = expected
  }

  /// |counted - expected| / expected; 0 where both are 0.
  public var relativeError: Double {
    if expected == counted { return 0 }
    return expected == 0 ? .infinity : abs(counted - expected) / abs(expected)
  }
}
