public import LoadGeneration
import RunRecords

/// A running run as a few lines for a terminal, a pure function of what is known.
public struct LiveFrame: Sendable {
  /// Lines, none longer than `width - 1` and fewer than `height`, the least important cut off.
  public let lines: [String]

  /// A frame for a terminal of so many columns and rows.
  public init(
    _ snapshot: ProgressSnapshot, _ history: LiveHistory, width: Int, height: Int = 24, isColoured: Bool = false
  ) {
    let paint = LivePaint(width: max(width - 1, 1), isColoured: isColoured)
    let latencies = [("e2e", snapshot.endToEnd), ("last 10 s", snapshot.recent), ("queue wait", snapshot.queueWait)]
    let rows =
      [Self.head(snapshot, paint)] + Self.rates(snapshot, history, paint) + [Self.outcomes(snapshot, paint)]
      + latencies.map { Self.latency($0, $1, paint) }
      + [Self.platform(snapshot, paint), Self.validity(snapshot, paint)]
    lines = Array(rows.prefix(max(height - 1, 1)))
  }

  private static func head(_ snapshot: ProgressSnapshot, _ paint: LivePaint) -> String {
    let name = snapshot.phase.map { "\($0) \(snapshot.phaseIndex + 1)/\(snapshot.phases)" } ?? "draining"
    let left = snapshot.left.map { ", \(LiveNumber.clock($0)) left" } ?? ""
    let time = "\(LiveNumber.clock(snapshot.elapsed))\(left)"
    guard let length = snapshot.phaseLength, length > 0 else { return paint.row(name, [Part(text: time)]) }
    let share = Double(snapshot.phaseElapsed) / Double(length)
    return paint.bar(name, share: share, time)
  }

  private static func rates(_ snapshot: ProgressSnapshot, _ history: LiveHistory, _ paint: LivePaint) -> [String] {
    let ended = snapshot.endedBySecond.map(Double.init)
    let top = max(history.offeredBySecond.max() ?? 0, ended.max() ?? 0)
    return [
      paint.sparkline("offered", LiveNumber.rate(snapshot.offeredRate), history.offeredBySecond, top: top),
      paint.sparkline("achieved", LiveNumber.rate(snapshot.endedRate), ended, top: top),
    ]
  }

  private static func outcomes(_ snapshot: ProgressSnapshot, _ paint: LivePaint) -> String {
    let total = snapshot.planned.map { " of \(LiveNumber.count($0))" } ?? ""
    let others = JobOutcome.allCases.filter { $0 != .succeeded && snapshot.counts[$0] > 0 }
    let bad = others.map { paint.warning("\(LiveNumber.count(snapshot.counts[$0])) \($0.rawValue)") }
    let good = "\(LiveNumber.count(snapshot.counts[.succeeded]))\(total) succeeded"
    let flying = "\(LiveNumber.count(snapshot.inFlight)) in flight"
    return paint.row("jobs", [Part(text: flying), Part(text: good)] + bad)
  }

  private static func latency(_ name: String, _ reading: LatencyReading, _ paint: LivePaint) -> String {
    let figures = [("p50", reading.median), ("p95", reading.percentile95), ("p99", reading.percentile99)]
    let known = figures.compactMap { name, value in value.map { Part(text: "\(name) \(LiveNumber.duration($0))") } }
    return paint.row(name, known.isEmpty ? [Part(text: "-")] : known)
  }

  private static func platform(_ snapshot: ProgressSnapshot, _ paint: LivePaint) -> String {
    let limit = snapshot.dollarLimit.map { " of \(LiveNumber.dollars($0))" } ?? ""
    let cost = "\(LiveNumber.dollars(snapshot.dollars))\(limit)"
    let isClose = snapshot.dollarLimit.map { snapshot.dollars >= 0.9 * $0 } ?? false
    let cold = "\(LiveNumber.count(snapshot.coldStarts)) cold starts"
    return paint.row("cost", [isClose ? paint.warning(cost) : Part(text: cost), Part(text: cold)])
  }

  /// The verdict as it stands with what speaks against it, then how late and how idle the generator is.
  private static func validity(_ snapshot: ProgressSnapshot, _ paint: LivePaint) -> String {
    let verdict = snapshot.validity?.verdict.rawValue
    let concerns = snapshot.validity?.concerns ?? []
    let against = concerns.map { paint.warning("\(lowered($0.name)) \($0.measured ?? "-")") }
    let late = "lateness p99 " + (snapshot.lateness.percentile99.map(LiveNumber.duration) ?? "-")
    let idle = "host idle " + (snapshot.hostIdle.map(LiveNumber.percent) ?? "-")
    let usual = [("lateness_p99", late), ("host_idle", idle)].filter { key, _ in !concerns.contains { $0.key == key } }
    let word = verdict.map { concerns.isEmpty ? Part(text: $0) : paint.warning($0) }
    return paint.row("validity", [word].compactMap(\.self) + against + usual.map { Part(text: $1) })
  }

  private static func lowered(_ name: String) -> String { name.prefix(1).lowercased() + name.dropFirst() }
}
