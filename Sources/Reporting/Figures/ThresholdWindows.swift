import RunRecords
import Scenarios
import Thresholds

/// The stretches that a threshold with a window is about: whole ones, cut from the start of each phase.
///
/// What is left at a phase's end, shorter than a window, is about nothing. A job belongs to the window that it was due
/// in; where jobs a second are counted, and where the condition may end the run, to the one that it ended in.
struct ThresholdWindows {
  private struct Place {
    var start: Int64
    var count: Int
    var first: Int
  }

  private let threshold: Threshold
  private let rules: ThresholdRules
  private let length: Int64
  private var places: [String: Place] = [:]
  private var starts: [Int64] = []
  private var tallies: [Int: ThresholdTally] = [:]

  init(_ threshold: Threshold, _ rules: ThresholdRules, _ phases: [PhaseInfo], lastingTo seconds: Double) {
    self.threshold = threshold
    self.rules = rules
    length = max(threshold.window?.inNanoseconds ?? 0, 1)
    let end = seconds < 1e9 ? Int64(seconds * 1e9) : .max
    for phase in phases {
      let count = Int(max(0, min(phase.duration, end - phase.start)) / length)
      places[phase.name] = Place(start: phase.start, count: count, first: starts.count)
      starts += (0..<count).map { phase.start + Int64($0) * length }
    }
  }

  mutating func add(_ record: JobRecord) {
    guard let window = window(of: record) else { return }
    tallies[window, default: ThresholdTally(threshold, rules, keeping: .exact)].add(record)
  }

  /// What the jobs of each window say, in order, with the window's start in nanoseconds since the run's start.
  var findings: [(start: Int64, finding: ThresholdFinding)] {
    starts.enumerated().map { index, start in
      let finding = tallies[index]?.finding(seconds: Double(length) / 1e9) ?? .empty
      return (start, finding == .empty && threshold.countsNothingAsZero ? .value(0) : finding)
    }
  }

  private func window(of record: JobRecord) -> Int? {
    guard let place = places[threshold.abort ? "" : record.phase] else { return nil }
    let isByEnd =
      switch threshold.aggregate {
      case .perSecond, .throughput, .goodput: true
      default: threshold.abort
      }
    let offset = (isByEnd ? record.t7 ?? record.endedAt : record.t0) - place.start
    guard offset >= 0, offset / length < place.count else { return nil }
    return place.first + Int(offset / length)
  }
}
