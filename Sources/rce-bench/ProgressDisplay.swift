import HostSystem
import LoadGeneration
import RunRecords

/// Shows how a run goes: one live line on a terminal, otherwise a plain line every few seconds.
final class ProgressDisplay: Sendable {
  private let isLive: Bool
  private let nextPlainLine = Lock(MonotonicInstant.now)
  private let interval: Int64 = 5_000_000_000

  /// A display; a plain one even on a terminal where asked for.
  init(isPlain: Bool) {
    isLive = Console.isTerminal && !isPlain
  }

  /// Shows the present state; called about four times a second.
  func show(_ snapshot: ProgressSnapshot) {
    let text = ProgressText(snapshot).line
    if isLive { return Console.live(text) }
    let isDue = nextPlainLine.withLock { next in
      guard MonotonicInstant.now >= next else { return false }
      next = .now + interval
      return true
    }
    if isDue { Console.error(text) }
  }

  /// Prints a line that stays.
  func note(_ text: String) {
    if isLive { Console.live("") }
    Console.error(text)
  }

  /// Takes the live line away.
  func end() {
    if isLive { Console.live("") }
  }
}

/// One line about a running run.
struct ProgressText {
  private let snapshot: ProgressSnapshot

  /// The text of a snapshot.
  init(_ snapshot: ProgressSnapshot) {
    self.snapshot = snapshot
  }

  /// For example `steady 2/2 0:42 left 0:18 | 5.1/s sent 5.0/s done, 3 in flight | 210 ok 1 timed_out | p50 61 ms`.
  var line: String {
    [phase, rates, outcomes, latency, cold].compactMap(\.self).joined(separator: " | ")
  }

  private var phase: String {
    let name = snapshot.phase.map { "\($0) \(snapshot.phaseIndex + 1)/\(snapshot.phases)" } ?? "draining"
    let left = snapshot.left.map { " left \(Self.clock($0))" } ?? ""
    return "\(name) \(Self.clock(snapshot.elapsed))\(left)"
  }

  private var rates: String {
    "\(Self.rate(snapshot.offeredRate)) sent \(Self.rate(snapshot.endedRate)) done, \(snapshot.inFlight) in flight"
  }

  private var outcomes: String {
    let others = JobOutcome.allCases.filter { $0 != .succeeded && snapshot.counts[$0] > 0 }
    let total = snapshot.planned.map { " of \($0)" } ?? ""
    return (["\(snapshot.counts[.succeeded])\(total) ok"] + others.map { "\(snapshot.counts[$0]) \($0.rawValue)" })
      .joined(separator: ", ")
  }

  private var latency: String? {
    guard let median = snapshot.endToEnd.median else { return nil }
    let tail = snapshot.endToEnd.percentile95.map { " p95 \(Self.milliseconds($0))" } ?? ""
    return "e2e p50 \(Self.milliseconds(median))\(tail)"
  }

  private var cold: String? { snapshot.coldStarts > 0 ? "\(snapshot.coldStarts) cold" : nil }

  private static func clock(_ nanoseconds: Int64) -> String {
    let seconds = max(nanoseconds, 0) / 1_000_000_000
    return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
  }

  private static func rate(_ value: Double) -> String { "\((value * 10).rounded() / 10)/s" }

  private static func milliseconds(_ nanoseconds: Int64) -> String {
    let value = Double(nanoseconds) / 1e6
    return value < 10 ? "\((value * 10).rounded() / 10) ms" : "\(Int(value.rounded())) ms"
  }
}
