/// Where a series of measurements changed for good: E-Divisive (Matteson and James 2014), which needs no distribution.
///
/// The series is cut where the energy distance between both parts is largest,
///
///     Q = mn / (m + n) (2 E|X - Y| - E|X - X'| - E|Y - Y'|)
///
/// and the cut is kept where fewer than `alpha` of the series shuffled within its parts have as large a one; then the parts are
/// cut again, until nothing is left that chance could not do. (The method by which MongoDB watches its own benchmarks: Daly and
/// others 2020.)
public enum ChangePoints {
  /// A change.
  public struct Change: Sendable, Hashable {
    /// Position of the first value after it.
    public let index: Int
    /// The chance of as large a distance without a change, by permutation.
    public let pValue: Double
    /// Median from the change before, or the start, up to this one.
    public let before: Double
    /// Median from this change up to the next, or the end.
    public let after: Double
  }

  /// The fewest values between two changes: fewer say nothing about a level.
  public static let shortest = 3
  private static let permutations = 499

  /// The changes in order, none in fewer than six values.
  ///
  /// Costs n^2 for each of 499 shuffles, so pass some hundred values.
  public static func find(in values: [Double], alpha: Double = 0.05, seed: UInt64 = 1) -> [Change] {
    var random = SplitMix64(seed: seed)
    var cuts: [(index: Int, pValue: Double)] = []
    while let next = strongest(values, cuts.map(\.index)) {
      let pValue = chance(of: next.distance, values, cuts.map(\.index), &random)
      guard pValue < alpha else { break }
      cuts.append((next.index, pValue))
      cuts.sort { $0.index < $1.index }
    }
    let borders = [0] + cuts.map(\.index) + [values.count]
    return cuts.enumerated().map { position, cut in
      Change(
        index: cut.index, pValue: cut.pValue, before: median(values[borders[position]..<cut.index]),
        after: median(values[cut.index..<borders[position + 2]]))
    }
  }

  /// The cut with the largest distance over all parts; nil where every part is too short.
  private static func strongest(_ values: [Double], _ cuts: [Int]) -> (index: Int, distance: Double)? {
    let borders = [0] + cuts + [values.count]
    let best = zip(borders, borders.dropFirst()).compactMap { start, end -> (index: Int, distance: Double)? in
      cut(Array(values[start..<end])).map { (start + $0.index, $0.distance) }
    }
    return best.max { $0.distance < $1.distance }
  }

  private static func chance(
    of distance: Double, _ values: [Double], _ cuts: [Int], _ random: inout SplitMix64
  ) -> Double {
    let borders = [0] + cuts + [values.count]
    var reached = 1
    for _ in 0..<permutations {
      var shuffled = values
      for (start, end) in zip(borders, borders.dropFirst()) { shuffle(&shuffled, start, end, &random) }
      if let found = strongest(shuffled, cuts), found.distance >= distance { reached += 1 }
    }
    return Double(reached) / Double(permutations + 1)
  }

  /// Fisher and Yates between two positions.
  private static func shuffle(_ values: inout [Double], _ start: Int, _ end: Int, _ random: inout SplitMix64) {
    for position in stride(from: end - 1, to: start, by: -1) {
      values.swapAt(position, start + random.index(below: position - start + 1))
    }
  }

  /// The best cut of one part: sums of distances within and between grow by one value at a time.
  private static func cut(_ part: [Double]) -> (index: Int, distance: Double)? {
    let n = part.count
    guard n >= 2 * shortest else { return nil }
    var (left, between, right) = (0.0, 0.0, 0.0)
    for i in 0..<n { for j in 0..<i { right += abs(part[i] - part[j]) } }
    var best: (index: Int, distance: Double)?
    for size in 1...(n - shortest) {
      let moved = part[size - 1]
      let toLeft = part[..<(size - 1)].reduce(0) { $0 + abs($1 - moved) }
      let toRight = part[size...].reduce(0) { $0 + abs($1 - moved) }
      left += toLeft
      right -= toRight
      between += toRight - toLeft
      guard size >= shortest else { continue }
      let (a, b) = (Double(size), Double(n - size))
      let energy = 2 * between / (a * b) - 2 * left / (a * (a - 1)) - 2 * right / (b * (b - 1))
      let distance = a * b / (a + b) * energy
      if distance > best?.distance ?? -.infinity { best = (size, distance) }
    }
    return best
  }

  private static func median(_ values: ArraySlice<Double>) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
