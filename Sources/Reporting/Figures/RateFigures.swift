import RunRecords

/// How many jobs a second were wanted, served, and served well, over one phase or all recorded phases.
public struct RateFigures: Sendable {
  /// Which jobs.
  public let scope: FigureScope
  /// Seconds from the phase's start to its end, or to its last result where that is later.
  public let seconds: Double
  /// Jobs due a second; for a closed phase an outcome like the others.
  public let offered: Double
  /// Results read a second, whatever they were.
  public let throughput: Double
  /// Jobs a second that succeeded, within the SLO where one is declared.
  public let goodput: Double
  /// Jobs behind goodput.
  public let good: Int
  /// Whether arrivals waited for results, so that the offered rate was no plan.
  public let isClosed: Bool

  static func all(of reading: RunReading) -> [RateFigures] {
    var tally = RateTally(reading.info)
    for job in reading.records { tally.add(job) }
    return all(of: tally)
  }

  static func all(of tally: RateTally) -> [RateFigures] {
    let each = tally.phases.compactMap { RateFigures([$0], scope: .phase($0.phase.name)) }
    let whole = each.isEmpty ? nil : RateFigures(tally.phases, scope: .all)
    return [whole].compactMap(\.self) + (each.count > 1 ? each : [])
  }

  private init?(_ phases: [RateTally.Phase], scope: FigureScope) {
    let nanoseconds = phases.reduce(0) { $0 + $1.length }
    guard nanoseconds > 0 else { return nil }
    self.scope = scope
    seconds = Double(nanoseconds) / 1e9
    let planned = phases.reduce(0) { $0 + $1.duration }
    let jobs = phases.reduce(0) { $0 + $1.jobs }
    offered = Double(jobs) / (Double(planned > 0 ? min(planned, nanoseconds) : nanoseconds) / 1e9)
    throughput = Double(phases.reduce(0) { $0 + $1.results }) / seconds
    good = phases.reduce(0) { $0 + $1.good }
    goodput = Double(good) / seconds
    isClosed = phases.contains(where: \.phase.closed)
  }
}

/// Collects what rates are made from, one job after the other and in any order.
struct RateTally {
  /// One recorded phase.
  struct Phase {
    let phase: PhaseInfo
    /// Nanoseconds that it really lasted: a run that ended early cut it short.
    let duration: Int64
    var jobs = 0
    var results = 0
    var good = 0
    var lastResult: Int64?

    /// Nanoseconds from the phase's start to its end, or to its last result where that is later; 0 without a job.
    var length: Int64 { jobs == 0 ? 0 : max(duration, (lastResult ?? phase.start) - phase.start) }
  }

  private let sloMilliseconds: Double?
  private let places: [String: Int]
  private(set) var phases: [Phase]

  init(_ info: RunInfo) {
    sloMilliseconds = info.sloMilliseconds
    phases = info.phases.filter(\.recorded).map { Phase(phase: $0, duration: Self.duration(of: $0, in: info)) }
    places = Dictionary(phases.enumerated().map { ($1.phase.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func add(_ job: JobRecord) {
    guard let place = places[job.phase] else { return }
    phases[place].jobs += 1
    if job.isGood(sloMilliseconds: sloMilliseconds) { phases[place].good += 1 }
    guard let t7 = job.t7 else { return }
    phases[place].results += 1
    phases[place].lastResult = max(phases[place].lastResult ?? t7, t7)
  }

  /// Seconds that rates over the phases of these names are counted over.
  func seconds(of names: some Sequence<String>) -> Double {
    Double(names.reduce(0) { sum, name in sum + (places[name].map { phases[$0].length } ?? 0) }) / 1e9
  }

  private static func duration(of phase: PhaseInfo, in info: RunInfo) -> Int64 {
    guard info.partial, info.durationSeconds.isFinite, info.durationSeconds < 1e9 else { return phase.duration }
    return min(phase.duration, max(0, Int64(info.durationSeconds * 1e9) - phase.start))
  }
}
