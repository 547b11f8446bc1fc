/// What a search may cost over all of its steps, and what it has cost so far.
///
/// A step is not begun where those before it let expect that it costs more than is left; one that is under way ends with what
/// is left, as any run ends at its limit.
public struct SearchBudget: Sendable, Hashable {
  /// US dollars that all steps together may cost; nil is no limit.
  public let limit: Double?
  /// US dollars that they have cost so far.
  public private(set) var spent = 0.0
  /// Jobs of which that is known.
  public private(set) var jobs = 0

  /// A budget of which nothing is spent.
  public init(limit: Double?) { self.limit = limit }

  /// US dollars that are left, at least 0; nil without a limit.
  public var left: Double? { limit.map { max(0, $0 - spent) } }

  /// Takes what a step has cost, whatever came of it.
  public mutating func add(dollars: Double, jobs: Int) {
    spent += max(0, dollars)
    self.jobs += jobs
  }

  /// US dollars that so many jobs are expected to cost, by the mean of those before; nil before the first.
  public func expected(jobs: Double) -> Double? {
    self.jobs > 0 ? spent / Double(self.jobs) * jobs : nil
  }

  /// Whether so many jobs more may be sent: something is left, and no more than that is expected.
  ///
  /// - Parameter assumed: US dollars of these jobs as the scenario assumes them, for the first step.
  public func allows(jobs: Double, assumed: Double?) -> Bool {
    guard let left else { return true }
    return left > 0 && (expected(jobs: jobs) ?? assumed ?? 0) <= left
  }
}
