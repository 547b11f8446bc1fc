/// All differences candidate - baseline of a pair, by rank, without writing them down.
///
/// A million values on each side have 10^12 differences. How many are at most d takes one walk along both sorted samples,
/// so the difference of a rank is found by bisection over whole numbers: exact, in O((m + n) log range). (The matrix of
/// differences has sorted rows and columns; selection in it goes back to Johnson and Mizoguchi 1978.)
struct PairwiseDifferences {
  private let baseline: [Int64]
  private let candidate: [Int64]
  /// Differences whose count is known, in order; a later rank starts between two of them.
  private var known: [(difference: Int64, count: Int)]

  /// Traps where a side is empty.
  init(_ pair: SamplePair) {
    guard let smallest = pair.baseline.first, let largest = pair.baseline.last, let first = pair.candidate.first,
      let last = pair.candidate.last
    else { preconditionFailure("an empty sample has no differences") }
    baseline = pair.baseline
    candidate = pair.candidate
    known = [(first - largest - 1, 0), (last - smallest, pair.baseline.count * pair.candidate.count)]
  }

  var count: Int { baseline.count * candidate.count }

  /// The difference of a rank, from 1.
  mutating func value(atRank rank: Int) -> Int64 {
    precondition((1...count).contains(rank), "of \(count) differences none has rank \(rank)")
    var above = known.firstIndex { $0.count >= rank } ?? known.count - 1
    while known[above].difference - known[above - 1].difference > 1 {
      let (low, high) = (known[above - 1].difference, known[above].difference)
      let middle = low + (high - low) / 2
      let found = count(atMost: middle)
      known.insert((middle, found), at: above)
      if found < rank { above += 1 }
    }
    return known[above].difference
  }

  /// The median: the mean of the two in the middle where their number is even.
  mutating func median() -> Double {
    let upper = value(atRank: count / 2 + 1)
    return count % 2 == 1 ? Double(upper) : (Double(value(atRank: count / 2)) + Double(upper)) / 2
  }

  private func count(atMost difference: Int64) -> Int {
    baseline.withUnsafeBufferPointer { baseline in
      candidate.withUnsafeBufferPointer { candidate in
        var (sum, reached) = (0, 0)
        for value in baseline {
          while reached < candidate.count, candidate[reached] - value <= difference { reached += 1 }
          sum += reached
        }
        return sum
      }
    }
  }
}
