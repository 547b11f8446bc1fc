public import Jobs
public import RunRecords
import Statistics

/// Where the time of a language's jobs went, at one place of their distribution.
public struct DecompositionFigures: Sendable {
  /// Which jobs are averaged.
  public enum Place: Sendable, Hashable {
    /// The jobs around a quantile of e2e: 5 % of the ranks to either side, and at least two jobs.
    case around(Double)
    /// All jobs that did not wait for an environment and whose program completed: where there are too few for a
    /// quantile.
    case warm
    /// All jobs that waited for an environment.
    case cold

    /// The name for people.
    public var title: String {
      switch self {
      case .around(let probability): PercentileRule.name(probability)
      case .warm: "warm"
      case .cold: "cold"
      }
    }
  }

  /// The language.
  public let language: Language
  /// Which jobs.
  public let place: Place
  /// How many jobs are averaged.
  public let count: Int
  /// Mean nanoseconds of each part, in the order of `Decomposition.Part.allCases`; they add up to `e2e`.
  public let parts: [(part: Decomposition.Part, nanoseconds: Double)]
  /// Mean e2e of these jobs, in nanoseconds.
  public let e2e: Double

  static func all(of recorded: JobRecords, on clock: RunClock) -> [DecompositionFigures] {
    var tally = DecompositionTally(clock: clock)
    for job in recorded { tally.add(job) }
    return all(of: tally, recorded)
  }

  /// The figures of jobs that have been tallied in their order.
  static func all(of tally: DecompositionTally, _ recorded: JobRecords) -> [DecompositionFigures] {
    Language.allCases.flatMap { language -> [DecompositionFigures] in
      guard let own = tally.languages[language] else { return [] }
      let sorted = own.ranked.sorted { ($0.e2e, $0.position) < ($1.e2e, $1.position) }
      let places = [0.5, 0.95, 0.99].filter { PercentileRule.supports($0, count: sorted.count) }
      let quantiles = places.compactMap { place in
        Self(language, .around(place), tally.sums(of: around(place, in: sorted), recorded))
      }
      return (quantiles.isEmpty ? [Self(language, .warm, own.warm)].compactMap(\.self) : quantiles)
        + [Self(language, .cold, own.cold)].compactMap(\.self)
    }
  }

  private init?(_ language: Language, _ place: Place, _ sums: DecompositionTally.Sums) {
    guard sums.count > 0 else { return nil }
    self.language = language
    self.place = place
    count = sums.count
    parts = Decomposition.Part.allCases.map { ($0, sums[$0] / Double(sums.count)) }
    e2e = sums.e2e / Double(sums.count)
  }

  private static func around(
    _ probability: Double, in sorted: [DecompositionTally.Ranked]
  ) -> ArraySlice<DecompositionTally.Ranked> {
    let rank = min(sorted.count - 1, max(0, Int((Double(sorted.count) * probability).rounded(.up)) - 1))
    let reach = max(2, sorted.count / 20)
    return sorted[max(0, rank - reach)...min(sorted.count - 1, rank + reach)]
  }
}
