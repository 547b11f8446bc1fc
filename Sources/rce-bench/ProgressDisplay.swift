import HostSystem
import LiveView
import LoadGeneration
import RunRecords

/// Shows how a run goes: a dashboard on a terminal, otherwise a plain line every few seconds; JSON lines where asked for.
final class ProgressDisplay: Sendable {
  private struct State: Sendable {
    var region = LiveRegion()
    var history = LiveHistory()
    var nextPlainLine = MonotonicInstant.now
    var nextRecord: Int64 = 0
    var last: ProgressSnapshot?
  }

  private let isLive: Bool
  private let writesRecords: Bool
  private let state = Lock(State())
  private let interval: Int64 = 5_000_000_000
  private let recordInterval: Int64 = 1_000_000_000

  /// A display; a plain one even on a terminal where asked for.
  init(isPlain: Bool, writesRecords: Bool = false) {
    isLive = Console.isTerminal && !isPlain
    self.writesRecords = writesRecords
  }

  /// Shows the present state; called about four times a second.
  func show(_ snapshot: ProgressSnapshot) {
    state.withLock { state in
      state.last = snapshot
      if writesRecords { record(snapshot, &state) }
      isLive ? draw(snapshot, &state) : line(snapshot, &state)
    }
  }

  /// Prints a line that stays.
  func note(_ text: String) {
    state.withLock { state in
      if isLive { Console.draw(state.region.clear()) }
      Console.error(text)
      if isLive, let last = state.last { draw(last, &state) }
    }
  }

  /// Takes the dashboard away.
  func end() {
    state.withLock { state in
      if isLive { Console.draw(state.region.clear()) }
      state.last = nil
    }
  }

  private func draw(_ snapshot: ProgressSnapshot, _ state: inout State) {
    state.history.add(snapshot)
    let (width, height) = Console.size
    let frame = LiveFrame(
      snapshot, state.history, width: width, height: height, isColoured: Console.isLiveColoured)
    Console.draw(state.region.draw(frame.lines, width: width, height: height))
  }

  private func line(_ snapshot: ProgressSnapshot, _ state: inout State) {
    guard MonotonicInstant.now >= state.nextPlainLine else { return }
    state.nextPlainLine = .now + interval
    Console.error(ProgressText(snapshot).line)
  }

  private func record(_ snapshot: ProgressSnapshot, _ state: inout State) {
    guard snapshot.elapsed >= state.nextRecord else { return }
    state.nextRecord = (snapshot.elapsed / recordInterval + 1) * recordInterval
    Console.print(ProgressRecord(snapshot).line)
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
