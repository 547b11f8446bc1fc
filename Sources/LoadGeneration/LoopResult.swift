import RunRecords

/// What a loop knows at its end, by value.
struct LoopResult: Sendable {
  let passages: [Scheduler.Passage]
  let counts: OutcomeCounts
  let scheduled: Int
  let end: RunEnd
  let isPartial: Bool
  /// Nanoseconds from the run's start to the loop's end.
  let duration: Int64
  let maximumInFlight: Int
  let meanInFlight: Double?
  let cpuShare: Double
  let waitingShare: Double?
}
