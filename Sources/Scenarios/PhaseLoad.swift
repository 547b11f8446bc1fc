/// When the jobs of a phase arrive.
public enum PhaseLoad: Sendable, Hashable {
  /// The same rate throughout, in jobs per second.
  case constant(rate: Double, for: Duration)
  /// A rate that changes in a straight line, in jobs per second.
  case ramp(from: Double, to: Double, for: Duration)
  /// Rates in equal steps from the first to the last, each for a while; at least two.
  case stairs(from: Double, to: Double, levels: Int, each: Duration)
  /// A rate that jumps to a peak at a time, holds it, and falls back.
  case spike(base: Double, peak: Double, at: Duration, hold: Duration, for: Duration)
  /// So many jobs at one instant, at the phase's start and, where there are several bursts, again after a time.
  case burst(count: Int, every: Duration, times: Int, for: Duration)
  /// A rate that swings around its mean.
  case sine(mean: Double, amplitude: Double, period: Duration, start: SineStart, for: Duration)
  /// Nothing arrives.
  case pause(for: Duration)
  /// Jobs in given shares over intervals.
  case profile(RateShares)
  /// Jobs as they were recorded.
  case replay(ReplayTrace)
  /// The highest rate that is held, looked for in steps of a warm-up and a window each: no part of a run.
  case search(RateSearch)
  /// So many jobs in flight at any time, each replaced when it ends, or a while later.
  case closed(concurrency: Int, until: ClosedEnd, think: ThinkTime? = nil)

  /// The kind as a scenario writes it.
  public var kind: String {
    switch self {
    case .constant, .closed: "constant"
    case .ramp: "ramp"
    case .stairs: "stairs"
    case .spike: "spike"
    case .burst: "burst"
    case .sine: "sine"
    case .pause: "pause"
    case .profile: "profile"
    case .replay: "replay"
    case .search: "search"
    }
  }

  /// How long jobs arrive; nil where a number of jobs ends the phase.
  public var duration: Duration? {
    switch self {
    case .constant(_, let duration), .ramp(_, _, let duration), .spike(_, _, _, _, let duration),
      .burst(_, _, _, let duration), .sine(_, _, _, _, let duration), .pause(let duration),
      .closed(_, .duration(let duration), _):
      duration
    case .stairs(_, _, let levels, let each): each * levels
    case .profile(let shares): shares.duration
    case .replay(let trace): trace.duration
    case .search(let search): search.warmUp + search.window
    case .closed(_, .jobs, _): nil
    }
  }

  /// Jobs that arrive at most, on average where that is random; 0 where time ends a closed phase.
  var expectedJobs: Double {
    switch self {
    case .constant(let rate, let duration): rate * duration.inSeconds
    case .ramp(let from, let to, let duration): (from + to) / 2 * duration.inSeconds
    case .stairs(let from, let to, let levels, let each): (from + to) / 2 * each.inSeconds * Double(levels)
    case .spike(let base, let peak, _, let hold, let duration):
      base * duration.inSeconds + (peak - base) * hold.inSeconds
    case .burst(let count, _, let times, _): Double(count) * Double(times)
    case .sine(let mean, let amplitude, let period, _, let duration):
      mean * duration.inSeconds + amplitude * min(period.inSeconds, duration.inSeconds)
    case .pause, .closed(_, .duration, _): 0
    case .search(let search): search.to * search.window.inSeconds
    case .profile(let shares): shares.jobs
    case .replay(let trace): Double(trace.offsets.count)
    case .closed(_, .jobs(let jobs), _): Double(jobs)
    }
  }
}

/// Where a sine begins.
public enum SineStart: String, Sendable, Hashable, CaseIterable {
  /// At its mean, on the way up.
  case mean
  /// At its lowest rate, as a day does at night.
  case trough
  /// At its highest rate.
  case peak
}

/// What ends a closed phase; jobs in flight then run out before the next phase starts.
public enum ClosedEnd: Sendable, Hashable {
  /// No job starts after this time.
  case duration(Duration)
  /// So many jobs have been started.
  case jobs(Int)
}
