extension PhaseLoad {
  /// Streams of randomness that a phase's arrivals may take.
  struct Randomness {
    /// The gaps of a Poisson process; nil is even spacing.
    var gaps: RandomStream?
    /// How the rate itself varies where a scenario asks for that.
    var mixing: RandomStream
  }

  /// When jobs are due; nil for a closed phase, where that is an outcome.
  func arrivals(_ randomness: Randomness) -> ArrivalSchedule? {
    switch self {
    case .burst(let count, let every, let times, _):
      ArrivalSchedule(Bursts(size: count, every: every.inNanoseconds, times: times))
    case .replay(let trace): ArrivalSchedule(trace)
    case .closed: nil
    default: profile(randomness.mixing).map { ArrivalSchedule($0, randomness: randomness.gaps) }
    }
  }

  /// The highest rate, in jobs per second; nil where jobs come all at once, as recorded, or when others end.
  package var peakRate: Double? {
    if case .profile(let shares) = self { return shares.peak }
    return profile(RandomStream(seed: 0, purpose: 0, index: 0))?.peak
  }

  /// The rate over the phase, where it has one.
  func profile(_ mixing: RandomStream) -> RateProfile? {
    switch self {
    case .constant(let rate, let duration): RateProfile(from: rate, to: rate, seconds: duration.inSeconds)
    case .ramp(let from, let to, let duration): RateProfile(from: from, to: to, seconds: duration.inSeconds)
    case .pause(let duration): RateProfile(from: 0, to: 0, seconds: duration.inSeconds)
    case .profile(let shares): shares.profile(mixing)
    case .stairs(let from, let to, let levels, let each):
      RateProfile(
        levels: (0..<levels).map { level in
          (from + (to - from) * Double(level) / Double(max(levels - 1, 1)), each.inSeconds)
        })
    case .spike(let base, let peak, let start, let hold, let duration):
      RateProfile(
        levels: [
          (base, start.inSeconds), (peak, hold.inSeconds), (base, (duration - start - hold).inSeconds),
        ].filter { $0.1 > 0 })
    case .sine(let mean, let amplitude, let period, let start, let duration):
      RateProfile([
        .sine(
          SineRate(
            mean: mean, amplitude: amplitude, period: period.inSeconds, begin: start.turns,
            seconds: duration.inSeconds))
      ])
    case .burst, .replay, .search, .closed: nil
    }
  }
}

extension SineStart {
  /// Where in a swing it begins, in turns from the mean on its way up.
  var turns: Double {
    switch self {
    case .mean: 0
    case .peak: 0.25
    case .trough: 0.75
    }
  }
}
