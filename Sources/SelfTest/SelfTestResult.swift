/// What came of a case.
public enum SelfTestVerdict: String, Codable, Sendable, Hashable, CaseIterable {
  /// Every figure agrees with the truth.
  case passed
  /// Figures differ that a busy machine can spoil, and the machine was busy; the evidence says how.
  case inconclusive
  /// A figure differs from the truth.
  case failed
}

/// A case that has been run.
public struct SelfTestResult: Codable, Sendable, Hashable {
  /// The name, as `--case` takes it.
  public var name: String
  /// What the case is about, in a line.
  public var title: String
  /// Where its truth comes from.
  public var truth: String
  /// What came of it.
  public var verdict: SelfTestVerdict
  /// The figures.
  public var figures: [SelfTestFigure]
  /// What the machine did meanwhile; nil where the case runs nothing that depends on it.
  public var machine: MachineEvidence?
  /// Why the case could not be run; nil where it could.
  public var problem: String?
  /// Seconds that it took.
  public var seconds: Double = 0

  /// The verdict that figures and evidence give.
  package init(_ entry: SelfTestCase, figures: [SelfTestFigure], machine: MachineEvidence?) {
    self.init(entry, verdict: Self.verdict(figures, machine), figures: figures, machine: machine)
  }

  /// A case that could not be run has failed.
  package init(_ entry: SelfTestCase, problem: String) {
    self.init(entry, verdict: .failed, figures: [], machine: nil)
    self.problem = problem
  }

  private init(
    _ entry: SelfTestCase, verdict: SelfTestVerdict, figures: [SelfTestFigure],
    machine: MachineEvidence?
  ) {
    (name, title, truth) = (entry.name, entry.title, entry.truth)
    self.verdict = verdict
    self.figures = figures
    self.machine = machine
  }

  /// A case without a figure has shown nothing and fails; one that differs is excused by a busy machine alone, and
  /// only where quiet is what it needs.
  package static func verdict(_ figures: [SelfTestFigure], _ machine: MachineEvidence?)
    -> SelfTestVerdict
  {
    let wrong = figures.filter { !$0.passed }
    guard !wrong.isEmpty else { return figures.isEmpty ? .failed : .passed }
    return wrong.allSatisfy(\.needsQuiet) && machine?.isBusy == true ? .inconclusive : .failed
  }
}
