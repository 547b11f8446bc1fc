public import RunRecords

/// How a backlog that an overload left was worked off, against what the throughput under load lets expect.
public struct QueueDrain: Sendable, Hashable, Codable {
  /// Jobs a second that were due.
  public var rate: Double
  /// Jobs that were unfinished when the window ended.
  public var backlog: Int
  /// Seconds from the window's end until the last of them was finished.
  public var measuredSeconds: Double
  /// The backlog over the throughput of the window.
  public var modelSeconds: Double

  /// The drain after a level; nil where it left no backlog, or where jobs of another phase came in.
  public init?(_ level: JudgedStep, _ reading: RunReading) {
    guard !level.isStable, let phase = reading.info.phases.first(where: { $0.name == level.step.phase }),
      phase == reading.info.phases.last, level.step.throughput > 0
    else { return nil }
    let end = phase.start + phase.duration
    let left = reading.records.filter { $0.phase == phase.name && ($0.t7 ?? .max) > end && $0.t1 != nil }
    guard left.count >= 5, let last = left.compactMap(\.t7).max(), left.allSatisfy({ $0.t7 != nil }) else { return nil }
    rate = level.step.rate
    backlog = left.count
    measuredSeconds = Double(last - end) / 1e9
    modelSeconds = Double(left.count) / level.step.throughput
  }
}
