import Jobs
import RunRecords
public import Statistics

/// How often jobs waited for an environment to start, and what that cost them.
public struct ColdFigures: Sendable {
  /// Cold and warm jobs of one scope, by e2e of those that finished.
  public struct Split: Sendable {
    /// Which jobs.
    public let scope: FigureScope
    /// Jobs that waited, of those of which it is known.
    public let waited: WilsonInterval
    /// e2e of jobs that waited.
    public let cold: Sample
    /// e2e of jobs that did not.
    public let warm: Sample
  }

  /// All jobs first, then by language.
  public let splits: [Split]
  /// Names of environments that served a recorded job.
  public let environments: Int
  /// Jobs of which the platform does not tell whether they waited.
  public let unknown: Int
  /// Median of cold over warm e2e over all pairs of one language; nil without a pair.
  public let ratio: Double?

  /// All jobs.
  public var all: Split? { splits.first }

  init(_ reading: RunReading, recorded: JobRecords) {
    let clock = RunClock(reading.info)
    let scopes = FigureScope.all(of: reading.info, recorded).filter {
      if case .phase = $0 { false } else { true }
    }
    splits = scopes.map { Self.split($0, recorded, clock) }
    environments = Set(recorded.compactMap { $0.timings?.environmentId }).count
    unknown = recorded.count { $0.wasAwaited && $0.waitedForEnvironment == nil }
    let languages = splits.filter { if case .language = $0.scope { true } else { false } }
    ratio = Self.ratio(languages.isEmpty ? splits : languages)
  }

  private static func split(_ scope: FigureScope, _ recorded: JobRecords, _ clock: RunClock) -> Split {
    let jobs = recorded.filter { scope.contains($0) && $0.waitedForEnvironment != nil }
    let cold = jobs.filter { $0.waitedForEnvironment == true }
    let warm = jobs.filter { $0.waitedForEnvironment == false }
    return Split(
      scope: scope, waited: WilsonInterval(successes: cold.count, count: jobs.count),
      cold: Sample(.e2e, of: cold, on: clock), warm: Sample(.e2e, of: warm, on: clock))
  }

  /// Programs differ between languages, so only jobs of one language are paired.
  private static func ratio(_ splits: [Split]) -> Double? {
    let ratios = splits.flatMap { split -> [Double] in
      let (cold, warm) = (thinned(split.cold.finished), thinned(split.warm.finished).filter { $0 > 0 })
      return cold.flatMap { slow in warm.map { Double(slow) / Double($0) } }
    }.sorted()
    return ratios.isEmpty ? nil : ratios[ratios.count / 2]
  }

  /// At most 300 values that keep the distribution of sorted ones, because pairs grow with the square.
  private static func thinned(_ sorted: [Int64]) -> [Int64] {
    guard sorted.count > 300 else { return sorted }
    return (0..<300).map { sorted[$0 * (sorted.count - 1) / 299] }
  }
}
