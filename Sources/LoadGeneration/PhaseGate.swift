import HostSystem

/// Where loops that share a closed phase wait for each other before the next one.
final class PhaseGate: Sendable {
  private let loops: Int
  private let arrived = Lock<[Int: [Int: Scheduler.PhaseEnd]]>([:])

  init(loops: Int) {
    self.loops = loops
  }

  /// Says that a loop has ended its part of a phase.
  ///
  /// Returns the phase's end as all loops know it together once the last one is there; asking again changes nothing.
  func pass(_ part: Scheduler.PhaseEnd, loop: Int) -> (whole: Scheduler.PhaseEnd?, isNew: Bool) {
    arrived.withLock { arrived in
      let isNew = arrived[part.phase, default: [:]].updateValue(part, forKey: loop) == nil
      let parts = arrived[part.phase, default: [:]]
      return (parts.count == loops ? Self.merged(Array(parts.values)) : nil, isNew)
    }
  }

  private static func merged(_ parts: [Scheduler.PhaseEnd]) -> Scheduler.PhaseEnd? {
    guard var whole = parts.first else { return nil }
    for part in parts {
      whole.end = max(whole.end, part.end)
      whole.nextIndex = max(whole.nextIndex, part.nextIndex)
    }
    return whole
  }
}
