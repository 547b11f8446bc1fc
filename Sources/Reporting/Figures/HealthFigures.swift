import RunRecords

/// How the generator and its machine did over the run, in at most 120 steps of equally many seconds.
public struct HealthFigures: Sendable, Hashable {
  /// Some seconds of the run.
  public struct Step: Sendable, Hashable {
    /// Seconds from the run's start to the step's.
    public var second: Int
    /// Seconds that were looked at.
    public var seconds: Int
    /// Jobs that were due.
    public var planned: Int
    /// Jobs that were sent.
    public var sent: Int
    /// Jobs sent more than 1 ms after they were due.
    public var late: Int
    /// The largest lateness of a job sent, in nanoseconds.
    public var latenessMaximum: Int64
    /// Most jobs in flight at the end of a second.
    public var inFlight: Int
    /// CPU of the loop that was busiest over the step, 0 to 1.
    public var loopCPU: Double?
    /// Run-queue delay of the loop that waited longest over the step, 0 to 1.
    public var loopWaiting: Double?
    /// Mean idle share of the machine, 0 to 1.
    public var hostIdle: Double?
    /// Mean share of time that the hypervisor took, 0 to 1.
    public var steal: Double?
    /// By how much a 10 ms ticker was late at most, in nanoseconds.
    public var tickerLateness: Int64?
    /// Seconds in which it was late by more than 100 ms.
    public var stalled: Int
  }

  /// Seconds in a step; the last may have fewer.
  public let stepSeconds: Int
  /// The steps in order; none where the generator left no samples.
  public let steps: [Step]

  private static let lengths = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600]
  private static let most = 120

  init(_ samples: [ValiditySample]) {
    let length = Self.lengths.first { samples.count <= $0 * Self.most } ?? (samples.count - 1) / Self.most + 1
    stepSeconds = length
    steps = stride(from: 0, to: samples.count, by: length).map { start in
      Step(samples[start..<min(samples.count, start + length)])
    }
  }

  /// Seconds that the steps cover.
  var seconds: Int { steps.last.map { $0.second + $0.seconds } ?? 0 }
}

extension HealthFigures.Step {
  fileprivate init(_ samples: ArraySlice<ValiditySample>) {
    (second, seconds) = (samples.first?.second ?? 0, samples.count)
    planned = samples.reduce(0) { $0 + $1.planned }
    sent = samples.reduce(0) { $0 + $1.sent }
    late = samples.reduce(0) { $0 + $1.late }
    latenessMaximum = samples.lazy.map(\.latenessMaximum).max() ?? 0
    inFlight = samples.lazy.map(\.inFlight).max() ?? 0
    let loops = (0..<(samples.lazy.map(\.loops.count).max() ?? 0)).map { number in
      samples.compactMap { $0.loops.indices.contains(number) ? $0.loops[number] : nil }
    }
    loopCPU = loops.compactMap { Self.mean($0.map(\.cpuShare)) }.max()
    loopWaiting = loops.compactMap { Self.mean($0.map(\.waitingShare)) }.max()
    hostIdle = Self.mean(samples.compactMap(\.hostIdle))
    steal = Self.mean(samples.compactMap(\.steal))
    tickerLateness = samples.lazy.compactMap(\.tickerLateness).max()
    stalled = samples.count(where: \.isStalled)
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
