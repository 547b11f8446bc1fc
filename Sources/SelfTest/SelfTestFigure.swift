/// One figure of a case: what is true, what was measured, and whether they agree.
public struct SelfTestFigure: Codable, Sendable, Hashable {
  /// What is compared, for example `p99 of e2e`.
  public var name: String
  /// What is true.
  public var truth: String
  /// What was measured.
  public var measured: String
  /// How far they may be apart.
  public var tolerance: String
  /// They agree.
  public var passed: Bool
  /// A machine that is busy with other things can make the figure differ through no fault of the generator.
  public var needsQuiet: Bool

  package init(
    _ name: String, truth: String, measured: String, tolerance: String, passed: Bool,
    needsQuiet: Bool = false
  ) {
    self.name = name
    self.truth = truth
    self.measured = measured
    self.tolerance = tolerance
    self.passed = passed
    self.needsQuiet = needsQuiet
  }

  /// Two counts that must be the same.
  init(count name: String, truth: Int, measured: Int) {
    self.init(
      name, truth: "\(truth)", measured: "\(measured)", tolerance: "exact",
      passed: truth == measured)
  }
}
