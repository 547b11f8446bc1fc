import Statistics

/// Durations counted in buckets of a thousandth of their size, only those that occur: a series of one step of a run, of
/// which a report holds hundreds.
///
/// Buckets are those of HdrHistogram with three significant digits: a value below 2,048 ns is its own bucket, a larger one
/// shares a bucket with those that have the same eleven leading bits.
struct DurationCounts: Sendable {
  private var counts: [UInt32: UInt32] = [:]
  /// Durations of jobs that finished.
  private(set) var finished = 0
  /// Jobs that never finished, each longer than anything that is counted.
  private(set) var unfinished = 0

  /// Values in all.
  var count: Int { finished + unfinished }

  mutating func add(nanoseconds: Int64) {
    counts[Self.bucket(of: nanoseconds), default: 0] += 1
    finished += 1
  }

  mutating func addUnfinished() { unfinished += 1 }

  /// The quantiles in nanoseconds; nil where there are too few values (n(1-p) < 10), or where one falls on a job that never
  /// finished.
  func quantiles(_ probabilities: [Double]) -> [Int64?] {
    let sorted = counts.sorted { $0.key < $1.key }
    return probabilities.map { probability in
      guard PercentileRule.supports(probability, count: count) else { return nil }
      let rank = max(1, Int((Double(count) * probability - 1e-9).rounded(.up)))
      var seen = 0
      for (bucket, number) in sorted {
        seen += Int(number)
        if seen >= rank { return Self.middle(of: bucket) }
      }
      return nil
    }
  }

  private static func bucket(of nanoseconds: Int64) -> UInt32 {
    let value = UInt64(max(0, nanoseconds))
    let shift = max(0, 64 - value.leadingZeroBitCount - 11)
    return UInt32(shift) << 11 | UInt32(value >> UInt64(shift))
  }

  private static func middle(of bucket: UInt32) -> Int64 {
    let shift = Int64(bucket >> 11)
    return Int64(bucket & 0x7ff) << shift + (1 << shift) / 2
  }
}
