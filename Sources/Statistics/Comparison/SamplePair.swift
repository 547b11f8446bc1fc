/// Two samples that are to be compared: a baseline, and a candidate that may have become slower or faster.
public struct SamplePair: Sendable, Hashable {
  /// The baseline's values in order of size.
  public let baseline: [Int64]
  /// The candidate's values in order of size.
  public let candidate: [Int64]
  /// The baseline's values for one independent one, at least 1.
  public let baselineTime: Double
  /// The candidate's values for one independent one, at least 1.
  public let candidateTime: Double

  // Differences, and sums of a value and a difference, stay within 64 bits.
  private static let bound: Int64 = 1 << 60

  /// A pair of samples, each in the order of time; a value beyond 2^60 to either side counts as that.
  ///
  /// Neighbours in time are alike in most systems, so n values say less than n independent ones would. What is computed
  /// from the pair allows for it by each sample's autocorrelation time.
  public init(baseline: [Int64], candidate: [Int64]) {
    func kept(_ values: [Int64]) -> [Int64] { values.map { min(max($0, -Self.bound), Self.bound) } }
    let (first, second) = (kept(baseline), kept(candidate))
    self.baseline = first.sorted()
    self.candidate = second.sorted()
    baselineTime = AutocorrelationTime(of: first, sorted: self.baseline).value
    candidateTime = AutocorrelationTime(of: second, sorted: self.candidate).value
  }

  /// What the variance of a rank statistic is multiplied by because neighbours in time are alike.
  ///
  ///     (tau1 / m + tau2 / n) / (1 / m + 1 / n)
  public var varianceInflation: Double {
    let (m, n) = (Double(baseline.count), Double(candidate.count))
    return m + n == 0 ? 1 : (baselineTime * n + candidateTime * m) / (m + n)
  }

  /// Whether either sample is empty.
  public var isEmpty: Bool { baseline.isEmpty || candidate.isEmpty }
}
