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

  init(_ tally: ColdTally) {
    splits = tally.splits
    environments = tally.environments.count
    unknown = tally.unknown
    let languages = splits.filter { if case .language = $0.scope { true } else { false } }
    ratio = Self.ratio(languages.isEmpty ? splits : languages)
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

/// Collects what `ColdFigures` tells, one recorded job after the other.
struct ColdTally {
  private struct Part {
    var count = 0
    var e2e = SampleCollector()

    mutating func add(_ value: SeriesValue?) {
      count += 1
      if let value { e2e.add(value.nanoseconds, isCensored: value.isCensored) }
    }
  }

  private let scopes: [FigureScope]
  private let clock: RunClock
  private var cold: [Part]
  private var warm: [Part]
  private(set) var environments: Set<String> = []
  private(set) var unknown = 0

  /// Those of the scopes that are no phase.
  init(_ scopes: [FigureScope], clock: RunClock) {
    self.scopes = scopes.filter { if case .phase = $0 { false } else { true } }
    self.clock = clock
    cold = self.scopes.map { _ in Part() }
    warm = cold
  }

  mutating func add(_ job: JobRecord) {
    if let name = job.timings?.environmentId { environments.insert(name) }
    guard let waited = job.waitedForEnvironment else {
      if job.wasAwaited { unknown += 1 }
      return
    }
    let value = job.value(of: .e2e, on: clock)
    for scope in scopes.indices where scopes[scope].contains(job) {
      if waited { cold[scope].add(value) } else { warm[scope].add(value) }
    }
  }

  var splits: [ColdFigures.Split] {
    scopes.indices.map { scope in
      let (cold, warm) = (cold[scope], warm[scope])
      return ColdFigures.Split(
        scope: scopes[scope], waited: WilsonInterval(successes: cold.count, count: cold.count + warm.count),
        cold: cold.e2e.sample, warm: warm.e2e.sample)
    }
  }
}
