import Foundation
import RunRecords
import Statistics

/// A comparison for tools: durations in milliseconds, shares from 0 to 1; what is not known is absent.
struct ComparisonSummary: Codable {
  var schemaVersion = 1
  var verdict: ShiftVerdict
  var exitCode: Int32
  var alpha: Double
  var margin: Double
  var baseline: Side
  var candidates: [Candidate]

  struct Side: Codable {
    var label: String
    var runs: [Run]
  }

  struct Run: Codable {
    var id: String
    var scenario: String
    var startedAt: Int64
    var validity: ValidityVerdict
    var partial: Bool
    var jobs: Int
  }

  struct Candidate: Codable {
    var side: Side
    var verdict: ShiftVerdict
    var shifts: [Shift]
    var shares: [Share]
    var runFigures: [RunFigure]
    var facts: [Fact]
    var scenarioDifference: [String]
    var warnings: [String]
  }

  struct Shift: Codable {
    var series: String
    var scope: String
    var figure: String
    var headline: Bool
    var baselineJobs: Int
    var candidateJobs: Int
    var baselineMs: Double
    var candidateMs: Double
    var shiftMs: Double
    var lowerMs: Double?
    var upperMs: Double?
    var shiftShare: Double?
    var pValue: Double?
    var superiority: Double
    var cliffsDelta: Double
    var detectableMs: Double?
    var verdict: ShiftVerdict
  }

  struct Share: Codable {
    var name: String
    var baseline: Double
    var candidate: Double
    var shift: Double
    var lower: Double
    var upper: Double
    var verdict: ShiftVerdict?
  }

  struct RunFigure: Codable {
    var name: String
    var baseline: Double
    var candidate: Double
    var lower: Double?
    var upper: Double?
  }

  struct Fact: Codable {
    var name: String
    var baseline: String
    var candidate: String
  }

  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // A number that is not finite is all that the encoder could refuse.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? "{}\n"
  }
}

extension ComparisonSummary {
  init(_ comparison: RunComparison) {
    verdict = comparison.verdict
    exitCode = comparison.exitCode
    alpha = comparison.options.alpha
    margin = comparison.options.margin
    baseline = Side(comparison.baseline)
    candidates = comparison.candidates.map(Candidate.init)
  }

  fileprivate static func rounded(_ value: Double, _ decimals: Int) -> Double {
    let scale = pow(10, Double(decimals))
    return (value * scale).rounded() / scale
  }
}

extension ComparisonSummary.Side {
  init(_ side: ComparedSide) {
    label = side.label
    runs = side.runs.map {
      ComparisonSummary.Run(
        id: $0.info.id, scenario: $0.info.scenario, startedAt: $0.info.startedAt, validity: $0.validity.verdict,
        partial: $0.info.partial, jobs: $0.jobs.count)
    }
  }
}

extension ComparisonSummary.Candidate {
  init(_ candidate: CandidateComparison) {
    side = ComparisonSummary.Side(candidate.side)
    verdict = candidate.verdict
    shifts =
      candidate.headline.map { ComparisonSummary.Shift($0, headline: true) }
      + candidate.details.map { ComparisonSummary.Shift($0, headline: false) }
    shares =
      candidate.outcomes.map { ComparisonSummary.Share($0.outcome.rawValue, $0.shift, $0.verdict) }
      + (candidate.cold.map { [ComparisonSummary.Share("cold", $0.shift, nil)] } ?? [])
    runFigures = candidate.runFigures.map {
      ComparisonSummary.RunFigure(
        name: $0.figure.rawValue, baseline: $0.baseline, candidate: $0.candidate, lower: $0.shift.lower,
        upper: $0.shift.upper)
    }
    facts = candidate.differences.facts.map {
      ComparisonSummary.Fact(name: $0.name, baseline: $0.baseline, candidate: $0.candidate)
    }
    scenarioDifference = candidate.differences.scenario.map { ($0.isAdded ? "+ " : "- ") + $0.text }
    warnings = candidate.warnings
  }
}

extension ComparisonSummary.Shift {
  init(_ row: SeriesShift, headline: Bool) {
    func milliseconds(_ nanoseconds: Double) -> Double { ComparisonSummary.rounded(nanoseconds / 1e6, 6) }
    let shift = row.shift
    series = row.series.rawValue
    scope = row.scope.key
    figure = row.figure == .typical ? "typical" : row.figure.title
    self.headline = headline
    (baselineJobs, candidateJobs) = (row.baseline.count, row.candidate.count)
    baselineMs = milliseconds(shift.reference)
    candidateMs = milliseconds(row.candidateValue)
    shiftMs = milliseconds(shift.value)
    (lowerMs, upperMs) = (shift.lower.map(milliseconds), shift.upper.map(milliseconds))
    shiftShare = shift.share(shift.value).map { ComparisonSummary.rounded($0, 6) }
    pValue = row.pValue
    superiority = ComparisonSummary.rounded(row.superiority, 6)
    cliffsDelta = ComparisonSummary.rounded(2 * row.superiority - 1, 6)
    detectableMs = row.detectable.map(milliseconds)
    verdict = row.verdict
  }
}

extension ComparisonSummary.Share {
  init(_ name: String, _ shift: ProportionShift, _ verdict: ShiftVerdict?) {
    self.name = name
    (baseline, candidate) = (shift.baseline.proportion, shift.candidate.proportion)
    self.shift = ComparisonSummary.rounded(shift.value, 9)
    (lower, upper) = (ComparisonSummary.rounded(shift.lower, 9), ComparisonSummary.rounded(shift.upper, 9))
    self.verdict = verdict
  }
}
