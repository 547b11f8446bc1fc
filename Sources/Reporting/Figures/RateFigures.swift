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
    let phases = reading.info.phases.filter(\.recorded).map { (phase: $0, length: length(of: $0, in: reading)) }
    let each = phases.compactMap { RateFigures([$0], reading, scope: .phase($0.phase.name)) }
    let whole = each.isEmpty ? nil : RateFigures(phases, reading, scope: .all)
    return [whole].compactMap(\.self) + (each.count > 1 ? each : [])
  }

  private init?(_ timed: [(phase: PhaseInfo, length: Int64)], _ reading: RunReading, scope: FigureScope) {
    let phases = timed.map(\.phase)
    let names = Set(phases.map(\.name))
    let jobs = reading.records.filter { names.contains($0.phase) }
    let nanoseconds = timed.reduce(0) { $0 + $1.length }
    guard nanoseconds > 0 else { return nil }
    self.scope = scope
    seconds = Double(nanoseconds) / 1e9
    let planned = phases.reduce(0) { $0 + Self.duration(of: $1, in: reading.info) }
    offered = Double(jobs.count) / (Double(planned > 0 ? min(planned, nanoseconds) : nanoseconds) / 1e9)
    throughput = Double(jobs.count { $0.t7 != nil }) / seconds
    good = jobs.count { $0.isGood(sloMilliseconds: reading.info.sloMilliseconds) }
    goodput = Double(good) / seconds
    isClosed = phases.contains(where: \.closed)
  }

  /// Seconds that rates over phases are counted over.
  static func seconds(of phases: [PhaseInfo], in reading: RunReading) -> Double {
    Double(phases.reduce(0) { $0 + length(of: $1, in: reading) }) / 1e9
  }

  /// Nanoseconds from the phase's start to its end, or to its last result where that is later; 0 without a job.
  private static func length(of phase: PhaseInfo, in reading: RunReading) -> Int64 {
    let own = reading.records.lazy.filter { $0.phase == phase.name }
    guard own.first != nil else { return 0 }
    return max(duration(of: phase, in: reading.info), (own.compactMap(\.t7).max() ?? phase.start) - phase.start)
  }

  /// Nanoseconds that the phase really lasted: a run that ended early cut it short.
  private static func duration(of phase: PhaseInfo, in info: RunInfo) -> Int64 {
    guard info.partial, info.durationSeconds.isFinite, info.durationSeconds < 1e9 else { return phase.duration }
    return min(phase.duration, max(0, Int64(info.durationSeconds * 1e9) - phase.start))
  }
}
