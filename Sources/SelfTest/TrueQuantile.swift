/// Quantiles of values that are known, by their definition and apart from the code that is tested.
enum TrueQuantile {
  /// The smallest value that at least the share `probability` of the values does not exceed.
  static func of(_ values: [Int64], _ probability: Double) -> Int64? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let rank = Int((Double(sorted.count) * probability - 1e-9).rounded(.up))
    return sorted[min(max(rank, 1), sorted.count) - 1]
  }
}
