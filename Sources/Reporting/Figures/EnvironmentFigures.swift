import Jobs
import RunRecords
public import Statistics

/// What jobs say about the environments that served them: how many there were over time, and after which idle time of the
/// platform a job had to wait for a new one.
public struct EnvironmentFigures: Sendable {
  /// Jobs that reached the platform after it had nothing to do for a time.
  public struct Gap: Sendable {
    /// The idle time, for people.
    public let title: String
    /// Jobs that waited for an environment, of those of which it is known.
    public let waited: WilsonInterval
  }

  /// By how long ago the last earlier job had ended when a recorded job was accepted; those without a job are left out.
  public let gaps: [Gap]
  /// Environments between their first and their last job in each second of the run, warm-up phases included; empty where
  /// the platform does not name them.
  public let alive: [Int]

  /// Upper ends of the gaps in nanoseconds.
  private static let kinds: [(title: String, below: Int64)] = [
    ("none: others ran", 1), ("below 0.1 s", 100_000_000), ("0.1 – 1 s", 1_000_000_000), ("1 – 10 s", 10_000_000_000),
    ("10 – 60 s", 60_000_000_000), ("1 – 10 min", 600_000_000_000), ("10 min or more", .max),
  ]

  init(_ log: EnvironmentLog, seconds: Int) {
    gaps = Self.gaps(log.visits)
    alive = Self.alive(log.lives, seconds)
  }

  private static func gaps(_ visits: [EnvironmentLog.Visit]) -> [Gap] {
    var tally = kinds.map { _ in (count: 0, cold: 0) }
    var lastEnd: Int64?
    for visit in visits.sorted(by: { ($0.accepted, $0.ended) < ($1.accepted, $1.ended) }) {
      // Before the first job nobody knows how long the platform had been idle.
      if let lastEnd, visit.isRecorded, let wasCold = visit.wasCold {
        let gap = max(0, visit.accepted - lastEnd)
        let kind = kinds.firstIndex { gap < $0.below } ?? kinds.count - 1
        tally[kind].count += 1
        tally[kind].cold += wasCold ? 1 : 0
      }
      lastEnd = max(lastEnd ?? .min, visit.ended)
    }
    return zip(kinds, tally).filter { $0.1.count > 0 }.map {
      Gap(title: $0.0.title, waited: WilsonInterval(successes: $0.1.cold, count: $0.1.count))
    }
  }

  private static func alive(_ lives: some Sequence<(first: Int64, last: Int64)>, _ seconds: Int) -> [Int] {
    var changes = Array(repeating: 0, count: seconds + 1)
    var isKnown = false
    func second(_ instant: Int64) -> Int { min(max(0, seconds - 1), max(0, Int(instant / 1_000_000_000))) }
    for life in lives where seconds > 0 {
      changes[second(life.first)] += 1
      changes[second(max(life.first, life.last)) + 1] -= 1
      isKnown = true
    }
    guard isKnown else { return [] }
    var now = 0
    return changes.dropLast().map { change in
      now += change
      return now
    }
  }
}

/// Collects what `EnvironmentFigures` tells, one job after the other and in any order.
struct EnvironmentLog {
  struct Visit {
    var accepted: Int64
    var ended: Int64
    var wasCold: Bool?
    var isRecorded: Bool
  }

  private(set) var visits: [Visit] = []
  private var byName: [String: (first: Int64, last: Int64)] = [:]
  private let clock: RunClock

  init(clock: RunClock) { self.clock = clock }

  var lives: some Sequence<(first: Int64, last: Int64)> { byName.values }

  mutating func add(_ job: JobRecord) {
    guard let timings = job.timings, let s1 = timings.s1, let s2 = timings.s2, let end = timings.s6 ?? timings.s5 else {
      return
    }
    let (start, ended) = (clock.nanoseconds(s2), clock.nanoseconds(end))
    visits.append(
      Visit(
        accepted: clock.nanoseconds(s1), ended: ended, wasCold: job.waitedForEnvironment,
        isRecorded: job.recorded))
    guard let name = timings.environmentId else { return }
    let life = byName[name] ?? (start, ended)
    byName[name] = (min(life.first, start), max(life.last, ended))
  }
}
