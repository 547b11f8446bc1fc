import HostSystem

/// Where a loop is in its share of the plan, as it tells four times a second.
struct LoopReading: Sendable {
  /// Position of the phase that runs.
  var phase = 0
  /// When that phase began.
  var phaseStart: Int64 = 0
  /// Arrivals go on.
  var isRunning = true
  /// Jobs of the loop that have become due.
  var scheduled = 0
}

/// What one loop and the collector share: the loop's records and its last reading.
final class LoopOutlet: Sendable {
  let records = RecordRing(capacity: 4_096)
  let reading = Lock(LoopReading())
}
