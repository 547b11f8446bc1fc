public import RunRecords
public import Statistics

/// A baseline and one or more candidates, each compared with it.
///
/// Runs of one side are repetitions: each of them is one measurement, and the error is the one between runs. With one run a
/// side the error is the one between jobs, neighbours in time allowed for. All of measurement.md's rules of verdicts hold:
/// regression and improvement need an interval without 0 and a shift above the practical margin, "no change" needs an
/// equivalence test, anything else is inconclusive.
public struct RunComparison: Sendable {
  /// How strict it is.
  public let options: ComparisonOptions
  /// Side A.
  public let baseline: ComparedSide
  /// Side B and those after it.
  public let candidates: [CandidateComparison]

  /// Compares sides, each of at least one run, the first being the baseline.
  public init(
    baseline: [RunReading], candidates: [[RunReading]], _ options: ComparisonOptions = ComparisonOptions()
  ) throws(ComparisonError) {
    precondition(!baseline.isEmpty && !candidates.isEmpty && candidates.allSatisfy { !$0.isEmpty })
    self.options = options
    let letters = (0...candidates.count).map(Self.label)
    self.baseline = ComparedSide(label: letters[0], readings: baseline)
    let sides = zip(letters.dropFirst(), candidates).map { ComparedSide(label: $0, readings: $1) }
    for side in [self.baseline] + sides { try Self.check(side, options) }
    for side in sides { try Self.check(self.baseline, side, options) }
    let first = self.baseline
    self.candidates = sides.map { CandidateComparison($0, against: first, options) }
  }

  /// The worst of the candidates.
  public var verdict: ShiftVerdict {
    let verdicts = candidates.map(\.verdict)
    let order: [ShiftVerdict] = [.regression, .inconclusive, .improvement, .noChange]
    return order.first(where: verdicts.contains) ?? .inconclusive
  }

  /// 4 where any candidate regressed, otherwise 0.
  public var exitCode: Int32 { verdict == .regression ? 4 : 0 }

  /// Letters from A to Z, then numbers.
  private static func label(_ index: Int) -> String {
    index < 26 ? String(UnicodeScalar(UInt8(65 + index))) : "\(index + 1)"
  }

  private static func check(_ side: ComparedSide, _ options: ComparisonOptions) throws(ComparisonError) {
    for run in side.runs {
      guard !run.jobs.isEmpty else {
        throw ComparisonError("run \(run.info.id) has no recorded job", hint: "give a run that measured something")
      }
      guard !run.values(.e2e, .all).isEmpty else {
        throw ComparisonError(
          "no job of run \(run.info.id) has an end-to-end time: all were refused or never sent",
          hint: "give a run in which jobs were accepted")
      }
      guard run.validity.verdict != .invalid || options.isForced else {
        let why = run.validity.concerns.first.map { ": \($0.sentence.trimmingPeriod)" } ?? ""
        throw ComparisonError(
          "run \(run.info.id) is INVALID as a measurement\(why)",
          hint: "repeat it, or add --force to compare it all the same", isInvalidRun: true)
      }
    }
  }

  private static func check(
    _ baseline: ComparedSide, _ candidate: ComparedSide, _ options: ComparisonOptions
  ) throws(ComparisonError) {
    guard !options.isForced, let problem = MixDifference(baseline, candidate).problem else { return }
    throw ComparisonError(
      "the mix of \(baseline.title) and \(candidate.title) is not the same: \(problem)",
      hint: "compare runs of one scenario, or add --force to compare what they share")
  }
}

extension String {
  /// A sentence as a part of another one.
  fileprivate var trimmingPeriod: String { hasSuffix(".") ? String(dropLast()) : self }
}
