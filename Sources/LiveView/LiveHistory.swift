public import LoadGeneration

/// What a live view remembers of earlier snapshots: the offered rate, once a second.
public struct LiveHistory: Sendable, Equatable {
  /// The offered rate of each of the last seconds, at most 60, the latest last.
  public private(set) var offeredBySecond: [Double] = []
  private var second: Int64 = -1

  /// Nothing seen yet.
  public init() {}

  /// Takes a snapshot in; of those within one second, the first counts.
  public mutating func add(_ snapshot: ProgressSnapshot) {
    let now = snapshot.elapsed / 1_000_000_000
    guard now > second else { return }
    second = now
    offeredBySecond = Array((offeredBySecond + [snapshot.offeredRate]).suffix(60))
  }
}
