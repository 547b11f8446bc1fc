public import RunRecords

/// Single jobs that a report shows: all of a small run, and the slowest of any.
public struct JobPoints: Sendable {
  /// A job as a dot.
  public struct Point: Sendable {
    /// What sets it apart.
    public enum Kind: Sendable {
      case warm
      case cold
      case unfinished
    }

    /// Position in the plan.
    public let index: Int
    /// Entry of the mix.
    public let entry: String
    /// Nanoseconds from the run's start to when it was due.
    public let due: Int64
    /// Nanoseconds of e2e, or its age where it never finished.
    public let nanoseconds: Int64
    /// What sets it apart.
    public let kind: Kind
    /// How it ended.
    public let outcome: JobOutcome
  }

  /// Above this many, dots would lie on one another and a heat map tells more.
  static let most = 2_000
  private static let slowestCount = 25

  /// Every job with an end-to-end time; nil where they are too many to tell apart.
  public private(set) var all: [Point]? = []
  /// The slowest ones, slowest first.
  public private(set) var slowest: [Point] = []

  init() {}

  mutating func add(_ job: JobRecord, on clock: RunClock) {
    guard let value = job.value(of: .e2e, on: clock) else { return }
    let kind: Point.Kind = value.isCensored ? .unfinished : job.waitedForEnvironment == true ? .cold : .warm
    let point = Point(
      index: job.index, entry: job.entry, due: job.t0, nanoseconds: value.nanoseconds, kind: kind, outcome: job.outcome)
    if let count = all?.count { if count < Self.most { all?.append(point) } else { all = nil } }
    keepIfSlow(point)
  }

  private mutating func keepIfSlow(_ point: Point) {
    guard slowest.count < Self.slowestCount || point.nanoseconds > (slowest.last?.nanoseconds ?? 0) else { return }
    let place = slowest.firstIndex { $0.nanoseconds < point.nanoseconds } ?? slowest.count
    slowest.insert(point, at: place)
    if slowest.count > Self.slowestCount { slowest.removeLast() }
  }
}
