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
    Language.allCases.flatMap { language -> [DecompositionFigures] in
      let jobs = recorded.filter { $0.language == language }
      let ranked = ranked(jobs, clock)
      let places = [0.5, 0.95, 0.99].filter { PercentileRule.supports($0, count: ranked.count) }
      let quantiles = places.compactMap { place in
        Self(language, .around(place), around(place, in: ranked).lazy.map { jobs[Int($0.position)] }, clock)
      }
      let warm = jobs.lazy.filter { $0.waitedForEnvironment != true && $0.state == .completed }
      let cold = jobs.lazy.filter { $0.waitedForEnvironment == true }
      return (quantiles.isEmpty ? [Self(language, .warm, warm, clock)].compactMap(\.self) : quantiles)
        + [Self(language, .cold, cold, clock)].compactMap(\.self)
    }
  }

  private init?(_ language: Language, _ place: Place, _ jobs: some Sequence<JobRecord>, _ clock: RunClock) {
    var sums = Array(repeating: 0.0, count: Decomposition.Part.allCases.count)
    var (count, e2e) = (0.0, 0.0)
    for job in jobs {
      guard let decomposition = Decomposition(job, on: clock) else { continue }
      for (index, part) in Decomposition.Part.allCases.enumerated() { sums[index] += Double(decomposition[part]) }
      e2e += Double(decomposition.e2e)
      count += 1
    }
    guard count > 0 else { return nil }
    self.language = language
    self.place = place
    self.count = Int(count)
    parts = zip(Decomposition.Part.allCases, sums).map { ($0, $1 / count) }
    self.e2e = e2e / count
  }

  /// A job that can be taken apart, by its place among its language's.
  private struct Ranked {
    var e2e: Int64
    var position: UInt32
  }

  private static func ranked(_ jobs: JobRecords, _ clock: RunClock) -> [Ranked] {
    jobs.enumerated().compactMap { position, job in
      Decomposition(job, on: clock).map { Ranked(e2e: $0.e2e, position: UInt32(position)) }
    }.sorted { ($0.e2e, $0.position) < ($1.e2e, $1.position) }
  }

  private static func around(_ probability: Double, in sorted: [Ranked]) -> ArraySlice<Ranked> {
    let rank = min(sorted.count - 1, max(0, Int((Double(sorted.count) * probability).rounded(.up)) - 1))
    let reach = max(2, sorted.count / 20)
    return sorted[max(0, rank - reach)...min(sorted.count - 1, rank + reach)]
  }
}
