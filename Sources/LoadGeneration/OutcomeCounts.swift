public import RunRecords

/// How many jobs ended how.
public struct OutcomeCounts: Sendable, Equatable {
  private var counts = Array(repeating: 0, count: JobOutcome.allCases.count)

  /// No job yet.
  public init() {}

  /// Jobs with an outcome.
  public subscript(outcome: JobOutcome) -> Int { counts[Self.position(of: outcome)] }

  /// Jobs in all.
  public var total: Int { counts.reduce(0, +) }

  /// Counts jobs.
  package mutating func add(_ outcome: JobOutcome, times: Int = 1) {
    counts[Self.position(of: outcome)] += times
  }

  private static func position(of outcome: JobOutcome) -> Int {
    switch outcome {
    case .succeeded: 0
    case .wrongResult: 1
    case .failed: 2
    case .timedOut: 3
    case .rejected: 4
    case .dropped: 5
    case .lost: 6
    case .censored: 7
    }
  }
}
