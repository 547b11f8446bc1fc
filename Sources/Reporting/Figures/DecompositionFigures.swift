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

  static func all(of recorded: [JobRecord], on clock: RunClock) -> [DecompositionFigures] {
    Language.allCases.flatMap { language -> [DecompositionFigures] in
      let jobs = recorded.filter { $0.language == language }
      let finished = jobs.compactMap { Decomposition($0, on: clock) }.sorted { $0.e2e < $1.e2e }
      let cold = jobs.filter { $0.waitedForEnvironment == true }.compactMap { Decomposition($0, on: clock) }
      let places = [0.5, 0.95, 0.99].filter { PercentileRule.supports($0, count: finished.count) }
      let quantiles = places.compactMap { Self(language, .around($0), around($0, in: finished)) }
      return (quantiles.isEmpty ? [Self(language, .warm, warm(jobs, clock))].compactMap(\.self) : quantiles)
        + [Self(language, .cold, cold)].compactMap(\.self)
    }
  }

  private init?(_ language: Language, _ place: Place, _ jobs: [Decomposition]) {
    guard !jobs.isEmpty else { return nil }
    self.language = language
    self.place = place
    count = jobs.count
    let count = Double(jobs.count)
    parts = Decomposition.Part.allCases.map { part in
      (part, jobs.reduce(0) { $0 + Double($1[part]) } / count)
    }
    e2e = jobs.reduce(0) { $0 + Double($1.e2e) } / count
  }

  private static func around(_ probability: Double, in sorted: [Decomposition]) -> [Decomposition] {
    let rank = min(sorted.count - 1, max(0, Int((Double(sorted.count) * probability).rounded(.up)) - 1))
    let reach = max(2, sorted.count / 20)
    return Array(sorted[max(0, rank - reach)...min(sorted.count - 1, rank + reach)])
  }

  private static func warm(_ jobs: [JobRecord], _ clock: RunClock) -> [Decomposition] {
    jobs.filter { $0.waitedForEnvironment != true && $0.state == .completed }.compactMap {
      Decomposition($0, on: clock)
    }
  }
}
