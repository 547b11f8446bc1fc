/// The value that this share of the samples does not exceed, by rank (the p-th of n is number ceil(p n)).
public func quantile(_ share: Double, of samples: [Double]) -> Double {
  let sorted = samples.sorted()
  guard !sorted.isEmpty else { return .nan }
  let rank = Int((share * Double(sorted.count)).rounded(.up))
  return sorted[min(max(rank, 1), sorted.count) - 1]
}

/// A number with as many decimals as it deserves.
public func rounded(_ value: Double) -> String {
  // Ratios of a few hundredths have bars of their own.
  let scale: Double = abs(value) < 1 ? 1_000 : abs(value) < 10 ? 100 : abs(value) < 1_000 ? 10 : 1
  let number = (value * scale).rounded() / scale
  guard number.isFinite else { return "n/a" }
  return number == number.rounded() ? String(Int(number)) : String(number)
}
