/// Arrivals that were recorded, to be sent again.
public struct ReplayTrace: Sendable, Hashable {
  /// Nanoseconds from the phase's start at which jobs are due, ascending, the speed applied.
  public let offsets: [Int64]
  /// How many times faster than recorded the jobs are sent; above 1 the rate is higher than it was.
  public let speed: Double
  /// The file's name as the scenario says it.
  public let file: String
  /// How long the phase lasts.
  public let duration: Duration

  /// A trace of recorded offsets in nanoseconds, ascending; `length` is how much of recorded time it takes.
  public init(recorded: [Int64], length: Duration, speed: Double, file: String) {
    offsets = recorded.map { Int64((Double($0) / speed).rounded()) }
    self.speed = speed
    self.file = file
    // A job that is due when its phase ends would count for the next one's rate.
    duration = .nanoseconds(max(Int64((Double(length.inNanoseconds) / speed).rounded()), (offsets.last ?? 0) + 1))
  }

  func count(before seconds: Double) -> Int {
    var (low, high) = (0, offsets.count)
    let limit = seconds * 1e9
    while low < high {
      let middle = (low + high) / 2
      if Double(offsets[middle]) < limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
