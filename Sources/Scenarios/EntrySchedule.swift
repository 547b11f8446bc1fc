/// Which entry of the mix each job of a phase is, in the order of the jobs.
///
/// Shares are exact: of n jobs each entry gets its share of n, rounded by largest remainders, and so does every
/// block of as many jobs as the weights add up to. Within a block the seed decides the order.
public struct EntrySchedule: Sequence, Sendable {
  private let selection: MixSelection
  private let jobs: Int?
  private let randomness: RandomStream

  /// A schedule for a number of jobs, or for one that nobody knows yet.
  package init(_ selection: MixSelection, jobs: Int?, randomness: RandomStream) {
    self.selection = selection
    self.jobs = jobs
    self.randomness = randomness
  }

  /// How often each of so many entries of the mix comes among the first jobs; for all of them it is what walking gives.
  package func counts(of jobs: Int, kinds: Int) -> [Int] {
    let block =
      switch selection {
      case .inOrder(let pass): pass
      case .shares(let shares): ShareBlocks(shares).wholeBlock
      }
    let rest =
      switch selection {
      case .inOrder(let pass): Array(pass.prefix(jobs % Swift.max(pass.count, 1)))
      case .shares(let shares): ShareBlocks(shares).block(of: jobs % Swift.max(block.count, 1))
      }
    var counts = Array(repeating: 0, count: kinds)
    for entry in block { counts[entry] += jobs / block.count }
    for entry in rest { counts[entry] += 1 }
    return counts
  }

  /// The entries from the first job; without end where the number of jobs is not known.
  public func makeIterator() -> Iterator {
    switch selection {
    case .inOrder(let pass): Iterator(jobs: jobs, pass: pass, shares: nil, randomness: randomness)
    case .shares(let shares): Iterator(jobs: jobs, pass: [], shares: ShareBlocks(shares), randomness: randomness)
    }
  }

  /// Positions in `Scenario.mix`.
  public struct Iterator: IteratorProtocol, Sendable {
    private var left: Int?
    private var block: [Int]
    private var position = 0
    private let shares: ShareBlocks?
    private var randomness: RandomStream

    fileprivate init(jobs: Int?, pass: [Int], shares: ShareBlocks?, randomness: RandomStream) {
      left = jobs
      block = pass
      self.shares = shares
      self.randomness = randomness
    }

    /// The next job's entry; nil after the last.
    public mutating func next() -> Int? {
      if left == 0 { return nil }
      if position == block.count, shares != nil { refill() }
      guard !block.isEmpty else { return nil }
      if position == block.count { position = 0 }
      if let left { self.left = left - 1 }
      defer { position += 1 }
      return block[position]
    }

    private mutating func refill() {
      guard let shares else { return }
      position = 0
      block = shares.block(of: Swift.min(left ?? shares.period, shares.period))
      // Fisher and Yates, from the end.
      for last in stride(from: block.count - 1, to: 0, by: -1) {
        block.swapAt(last, randomness.below(last + 1))
      }
    }
  }
}

/// Exact proportions in blocks.
package struct ShareBlocks: Sendable {
  private let shares: [MixShare]
  /// Jobs in a whole block: the smallest number of which every share is a whole number, within a bound.
  package let period: Int

  private static let largestPeriod = 100_000

  package init(_ shares: [MixShare]) {
    self.shares = shares
    period = Self.period(of: shares.map(\.weight)) ?? Self.largestPeriod
  }

  /// The entries of a whole block, in the order of the mix.
  package var wholeBlock: [Int] { block(of: period) }

  /// The entries of a block of this size, in the order of the mix.
  package func block(of size: Int) -> [Int] {
    let weights = shares.map(\.weight)
    return zip(shares, apportion(size, by: weights)).flatMap { Array(repeating: $0.entry, count: $1) }
  }

  private static func period(of weights: [Double]) -> Int? {
    for scale in [1.0, 10, 100, 1_000] {
      let scaled = weights.map { $0 * scale }
      guard scaled.allSatisfy({ ($0 - $0.rounded()).magnitude < 1e-9 && $0 < 1e9 }) else { continue }
      let whole = scaled.map { Int($0.rounded()) }
      let divisor = whole.reduce(0, greatestCommonDivisor)
      let period = whole.reduce(0, +) / Swift.max(divisor, 1)
      return period <= largestPeriod ? period : nil
    }
    return nil
  }
}

/// Whole parts of a total in proportion to weights, by largest remainders; ties go to the first.
package func apportion(_ total: Int, by weights: [Double]) -> [Int] {
  let sum = weights.reduce(0, +)
  let ideal = weights.map { Double(total) * $0 / sum }
  var parts = ideal.map { Int(($0 + 1e-9).rounded(.down)) }
  let missing = total - parts.reduce(0, +)
  let order = ideal.indices.sorted { left, right in
    let (a, b) = (ideal[left] - Double(parts[left]), ideal[right] - Double(parts[right]))
    return (a - b).magnitude > 1e-9 ? a > b : left < right
  }
  for index in order.prefix(Swift.max(missing, 0)) { parts[index] += 1 }
  return parts
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}
