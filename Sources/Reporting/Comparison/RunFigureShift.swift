import Foundation
import Pricing
public import Statistics

/// How a figure moved of which every run has one value: a rate, or a cost.
///
/// With one run a side there is no interval: how much runs differ from each other is not known.
public struct RunFigureShift: Sendable {
  /// What it is and in which unit its values are.
  public enum Figure: String, Sendable, Hashable, CaseIterable {
    /// Results a second.
    case throughput
    /// Jobs a second that succeeded within the objective.
    case goodput
    /// US dollars for 1,000 executions, at the margin.
    case cost

    /// The name for people.
    public var title: String {
      switch self {
      case .throughput: "Throughput"
      case .goodput: "Goodput"
      case .cost: "Cost of 1,000 jobs"
      }
    }
  }

  /// The figure.
  public let figure: Figure
  /// The mean of the baseline's runs.
  public let baseline: Double
  /// The mean of the candidate's runs.
  public let candidate: Double
  /// The difference.
  public let shift: ShiftEstimate

  static func all(
    _ baseline: ComparedSide, _ candidate: ComparedSide, _ options: ComparisonOptions
  ) -> [RunFigureShift] {
    Figure.allCases.compactMap { figure in
      let (first, second) = (values(figure, baseline), values(figure, candidate))
      guard let shift = RunShift.shift(baseline: first, candidate: second, alpha: options.alpha) else { return nil }
      return RunFigureShift(
        figure: figure, baseline: shift.reference, candidate: shift.reference + shift.value, shift: shift)
    }
  }

  private static func values(_ figure: Figure, _ side: ComparedSide) -> [Double] {
    side.runs.compactMap { run in
      switch figure {
      case .throughput: run.rate?.throughput
      case .goodput: run.rate?.goodput
      case .cost: run.cost.all.perExecution.map { NSDecimalNumber(decimal: $0 * 1_000).doubleValue }
      }
    }
  }
}
