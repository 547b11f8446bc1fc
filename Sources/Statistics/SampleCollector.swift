/// Takes the values of a sample one by one, in any order and any number.
public struct SampleCollector: Sendable {
  /// As many values are kept as they are.
  static let exactCount = 16_384
  /// As many wait to be counted once not all are kept.
  private static let batch = 4_096

  private var finished: [Int64] = []
  private var censored: [Int64] = []
  /// Finished values, then censored ones, by bucket, without those that still wait above; nil while all are kept as they are.
  private var counts: (finished: BucketCounts, censored: BucketCounts)?
  private var sum: Int64 = 0
  private var smallest = Int64.max
  private var largest = Int64.min

  /// A collector without a value.
  public init() {}

  /// Adds a value.
  public mutating func add(_ value: Int64, isCensored: Bool = false) {
    let (total, overflow) = sum.addingReportingOverflow(value)
    sum = overflow ? (value > 0 ? .max : .min) : total
    (smallest, largest) = (min(smallest, value), max(largest, value))
    if isCensored { censored.append(value) } else { finished.append(value) }
    if finished.count + censored.count > (counts == nil ? Self.exactCount : Self.batch) { count() }
  }

  /// The sample of all values so far.
  public var sample: Sample {
    var collector = self
    if collector.counts != nil { collector.count() }
    guard let counts = collector.counts else {
      return Sample(Self.steps(Self.tallied(finished), Self.tallied(censored)), sum: sum)
    }
    var steps = Self.steps(counts.finished.values, counts.censored.values)
    steps[0].value = smallest
    steps[steps.count - 1].value = largest
    return Sample(steps, sum: sum)
  }

  /// Many at a time, so that the buckets of one sample stay near the processor while they are counted.
  private mutating func count() {
    let isFirst = counts == nil
    var counts = counts ?? (finished: BucketCounts(), censored: BucketCounts())
    self.counts = nil
    for value in finished { counts.finished.add(value) }
    for value in censored { counts.censored.add(value) }
    self.counts = counts
    finished.removeAll(keepingCapacity: !isFirst)
    censored.removeAll(keepingCapacity: !isFirst)
  }

  private static func tallied(_ values: [Int64]) -> [(value: Int64, count: Int)] {
    var tallied: [(value: Int64, count: Int)] = []
    for value in values.sorted() {
      if tallied.last?.value == value {
        tallied[tallied.count - 1].count += 1
      } else {
        tallied.append((value, 1))
      }
    }
    return tallied
  }

  private static func steps(
    _ finished: [(value: Int64, count: Int)], _ censored: [(value: Int64, count: Int)]
  ) -> [Sample.Step] {
    var steps: [Sample.Step] = []
    var (first, second, through) = (finished[...], censored[...], 0)
    while let value = [first.first?.value, second.first?.value].compactMap(\.self).min() {
      let ended = first.first?.value == value ? first.removeFirst().count : 0
      let cut = second.first?.value == value ? second.removeFirst().count : 0
      through += ended + cut
      steps.append(Sample.Step(value: value, finished: ended, censored: cut, through: through))
    }
    return steps
  }
}

/// Values counted in the buckets of HdrHistogram with three significant digits, negative ones too: those that share a
/// sign and their eleven leading bits share a bucket.
private struct BucketCounts: Sendable {
  private var positive: [UInt32] = []
  private var negative: [UInt32] = []

  mutating func add(_ value: Int64) {
    let bucket = Self.bucket(of: value.magnitude)
    if value < 0 { Self.count(bucket, &negative) } else { Self.count(bucket, &positive) }
  }

  /// The middle of each bucket that is not empty, from the smallest on, with its count.
  var values: [(value: Int64, count: Int)] {
    let below = negative.enumerated().reversed().filter { $0.element > 0 }
    let above = positive.enumerated().filter { $0.element > 0 }
    return below.map { (-Self.middle(of: $0.offset), Int($0.element)) }
      + above.map { (Self.middle(of: $0.offset), Int($0.element)) }
  }

  private static func count(_ bucket: Int, _ counts: inout [UInt32]) {
    if bucket >= counts.count { counts.append(contentsOf: repeatElement(0, count: bucket + 1 - counts.count)) }
    counts[bucket] &+= 1
  }

  private static func bucket(of magnitude: UInt64) -> Int {
    let shift = max(0, 53 - magnitude.leadingZeroBitCount)
    return shift << 10 + Int(magnitude >> UInt64(shift))
  }

  private static func middle(of bucket: Int) -> Int64 {
    let shift = max(0, bucket >> 10 - 1)
    let leading = UInt64(bucket - shift << 10)
    return Int64(clamping: leading << UInt64(shift) + (1 << UInt64(shift)) / 2)
  }
}
