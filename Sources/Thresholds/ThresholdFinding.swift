public import Scenarios

/// What jobs say about a threshold.
public enum ThresholdFinding: Sendable, Equatable {
  /// The figure, in the limit's unit.
  case value(Double)
  /// Unfinished jobs leave only that the figure is larger than this.
  case moreThan(Double)
  /// There is no job to look at.
  case empty
  /// There are jobs, but not what the figure needs; why.
  case notMeasurable(String)
}

extension Threshold {
  /// Whether the comparison is true of a finding; nil where that cannot be said.
  public func isTrue(of finding: ThresholdFinding) -> Bool? {
    switch finding {
    case .value(let value): isTrue(of: value)
    case .moreThan(let value): isTrue(ofAllAbove: value)
    case .empty, .notMeasurable: nil
    }
  }

  /// Whether a stretch of time without a job is a figure, namely 0.
  public var countsNothingAsZero: Bool {
    switch aggregate {
    case .count, .perSecond, .throughput, .goodput: true
    case .percentile, .mean, .minimum, .maximum, .deviation, .rate, .costPerExecution: false
    }
  }
}
