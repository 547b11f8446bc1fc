package import RunRecords
package import Scenarios
package import Thresholds

/// Watches the thresholds that may end a run while it runs.
///
/// Jobs of every phase count, warm-up included: a platform that is down has to be left alone whenever that shows.
/// Figures are those of the report, over the jobs that have ended; with a window, over the jobs that ended in it, and
/// windows follow each other from the run's start.
package struct AbortMonitor: Sendable {
  private var watches: [AbortWatch]

  /// Watches those of the thresholds that have `abort`, on the run's time line.
  package init(_ thresholds: [Threshold], _ rules: ThresholdRules) {
    watches = thresholds.filter(\.abort).map { AbortWatch($0, rules) }
  }

  /// Counts a job that has ended.
  package mutating func add(_ record: JobRecord) {
    for index in watches.indices { watches[index].add(record) }
  }

  /// The first threshold whose condition is true, once its time has come.
  package mutating func tripped(atSeconds seconds: Double) -> Threshold? {
    for index in watches.indices where watches[index].isTrue(atSeconds: seconds) { return watches[index].threshold }
    return nil
  }
}

/// One threshold that may end the run.
private struct AbortWatch: Sendable {
  let threshold: Threshold
  private let rules: ThresholdRules
  private let window: Int64?
  /// All jobs, or those of the windows that have not been looked at, by the window's number.
  private var tallies: [Int64: ThresholdTally] = [:]
  private var nextWindow: Int64

  /// Time in which a job that ended in a window is known to have.
  private static let delay = 0.5

  init(_ threshold: Threshold, _ rules: ThresholdRules) {
    self.threshold = threshold
    self.rules = rules
    window = threshold.window?.inNanoseconds
    nextWindow = window.map { Int64((threshold.afterSeconds * 1e9 / Double($0)).rounded(.up)) } ?? 0
  }

  mutating func add(_ record: JobRecord) {
    let number = window.map { record.endedAt / $0 } ?? 0
    guard number >= nextWindow else { return }
    tallies[number, default: ThresholdTally(threshold, rules, keeping: .bounded)].add(record)
  }

  mutating func isTrue(atSeconds seconds: Double) -> Bool {
    guard let window else {
      guard seconds >= threshold.afterSeconds else { return false }
      let first = tallies[0]?.span.map { Double($0.first) / 1e9 } ?? 0
      return isTrue(of: tallies[0], seconds: seconds - first)
    }
    let length = Double(window) / 1e9
    while Double(nextWindow + 1) * length + Self.delay <= seconds {
      defer { nextWindow += 1 }
      if isTrue(of: tallies.removeValue(forKey: nextWindow), seconds: length) { return true }
    }
    return false
  }

  private func isTrue(of tally: ThresholdTally?, seconds: Double) -> Bool {
    let finding = tally?.finding(seconds: seconds) ?? .empty
    return threshold.isTrue(of: finding == .empty && threshold.countsNothingAsZero ? .value(0) : finding) == true
  }
}
