public import RunRecords
public import Statistics

/// What one rate did to a platform: the figures of a recorded phase with open arrivals at a constant rate.
public struct LoadStep: Sendable {
  /// The run that it was measured in.
  public let run: String
  /// The phase.
  public let phase: String
  /// Jobs a second as planned.
  public let rate: Double
  /// Seconds of the window.
  public let seconds: Double
  /// Jobs that were due in the window.
  public let offered: Int
  /// Jobs among them whose result was read, however late.
  public let finished: Int
  /// Results that were read within the window, whichever job's.
  public let completed: Int
  /// Jobs among the offered that did what was expected.
  public let succeeded: Int
  /// Jobs among the offered that the platform refused: throttles.
  public let rejected: Int
  /// Mean jobs in flight in the window.
  public let inFlight: Double
  /// How many more jobs are in flight at each second than at the one before; nil for windows of fewer than five seconds.
  public let slope: TheilSen?
  /// End-to-end time of the offered jobs, those without an end at their age.
  public let endToEnd: Sample
  /// Wait in the queue; empty where the platform does not tell.
  public let queueWait: Sample

  /// Results a second.
  public var throughput: Double { Double(completed) / seconds }

  /// Every level of load in a run: each recorded open phase of constant rate.
  public static func all(of reading: RunReading) -> [LoadStep] {
    let windows = RunWindow.all(of: reading.records, sloMilliseconds: reading.info.sloMilliseconds)
    return reading.info.phases.filter { $0.recorded && !$0.closed && $0.kind == "constant" && $0.duration > 0 }
      .compactMap { LoadStep($0, reading, windows) }
  }

  private init?(_ phase: PhaseInfo, _ reading: RunReading, _ windows: [RunWindow]) {
    let jobs = reading.records.filter { $0.phase == phase.name }
    // An interrupted phase says nothing of its rate.
    let end = phase.start + phase.duration
    guard jobs.count > 0, !reading.info.partial else { return nil }
    let clock = RunClock(reading.info)
    run = reading.info.id
    self.phase = phase.name
    seconds = Double(phase.duration) / 1e9
    rate = Double(jobs.count) / seconds
    offered = jobs.count
    finished = jobs.count { $0.t7 != nil }
    completed = reading.records.count { job in job.t7.map { (phase.start..<end).contains($0) } ?? false }
    succeeded = jobs.count { $0.outcome == .succeeded }
    rejected = jobs.count { $0.outcome == .rejected || $0.httpStatus == 429 }
    let first = Int((phase.start + 999_999_999) / 1_000_000_000)
    let inside = windows.filter { $0.second >= first && $0.second < Int(end / 1_000_000_000) }
    inFlight = inside.isEmpty ? 0 : inside.reduce(0) { $0 + $1.inFlight } / Double(inside.count)
    slope = inside.count < 5 ? nil : TheilSen(Self.thinned(inside))
    endToEnd = Self.sample(.e2e, jobs, clock)
    queueWait = Self.sample(.queueWait, jobs, clock)
  }

  /// At most 300 points, because the estimator costs their square.
  private static func thinned(_ windows: [RunWindow]) -> [(x: Double, y: Double)] {
    let step = max(1, windows.count / 300)
    return stride(from: 0, to: windows.count, by: step).map { (Double(windows[$0].second), windows[$0].inFlight) }
  }

  private static func sample(_ series: Series, _ jobs: JobRecords, _ clock: RunClock) -> Sample {
    var collector = SampleCollector()
    for job in jobs {
      guard let value = job.value(of: series, on: clock) else { continue }
      collector.add(value.nanoseconds, isCensored: value.isCensored)
    }
    return collector.sample
  }
}
