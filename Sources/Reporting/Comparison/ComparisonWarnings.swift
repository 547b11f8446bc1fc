import RunRecords
import Statistics

/// What stands between a comparison and belief in it.
enum ComparisonWarnings {
  static func all(_ baseline: ComparedSide, _ candidate: ComparedSide, _ options: ComparisonOptions) -> [String] {
    let sides = [baseline, candidate]
    return sides.flatMap(validity) + sides.flatMap(mixedScenarios)
      + [
        mix(baseline, candidate), runs(baseline, candidate), unfinished(sides),
      ].compactMap(\.self)
  }

  private static func validity(_ side: ComparedSide) -> [String] {
    side.runs.flatMap { run -> [String] in
      let name = "Run \(run.info.id) of side \(side.label)"
      let partial = run.info.partial ? ["\(name) is PARTIAL: \(run.info.endReason ?? "nobody said why")."] : []
      guard run.validity.verdict != .valid else { return partial }
      let why = run.validity.concerns.first.map { ": \($0.sentence)" } ?? "."
      return partial + ["\(name) is \(run.validity.verdict.rawValue)\(why)"]
    }
  }

  private static func mixedScenarios(_ side: ComparedSide) -> [String] {
    guard Set(side.runs.map { withoutSeed($0.info.effectiveScenario) }).count > 1 else { return [] }
    return ["The runs of side \(side.label) are of different scenarios, so they do not repeat each other."]
  }

  private static func withoutSeed(_ scenario: String) -> String {
    scenario.split(separator: "\n").filter { !$0.hasPrefix("seed:") }.joined(separator: "\n")
  }

  private static func mix(_ baseline: ComparedSide, _ candidate: ComparedSide) -> String? {
    MixDifference(baseline, candidate).problem.map { "The mix is not the same: \($0)." }
  }

  private static func runs(_ baseline: ComparedSide, _ candidate: ComparedSide) -> String? {
    switch (baseline.runs.count, candidate.runs.count) {
    case (1, 1):
      "One run a side: how much runs differ from each other is unknown, so intervals are of the jobs within these two "
        + "runs. Repeat each side and give the runs separated by commas."
    case (1, _), (_, 1):
      "One side is a single run; it is taken to vary as the runs of the other side do."
    default: nil
    }
  }

  private static func unfinished(_ sides: [ComparedSide]) -> String? {
    let samples = sides.map { $0.sample(.e2e, .all) }
    guard samples.contains(where: { Double($0.censoredCount) > 0.001 * Double($0.count) }) else { return nil }
    let counts = zip(sides, samples).map { "\(QuantityText.grouped($1.censoredCount)) of side \($0.label)" }
    return "Jobs that never finished count at their age, which is less than they would have taken: "
      + "\(counts.joined(separator: ", "))."
  }
}

/// Whether both sides ran the same programs in the same shares.
struct MixDifference {
  /// What differs; nil where nothing does.
  let problem: String?

  init(_ baseline: ComparedSide, _ candidate: ComparedSide) {
    let (first, second) = (Self.counts(baseline), Self.counts(candidate))
    let names = Set(first.keys).union(second.keys).sorted()
    let lonely = names.filter { first[$0] == nil || second[$0] == nil }
    if !lonely.isEmpty {
      let shown = lonely.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
      let rest = lonely.count > 3 ? " and \(lonely.count - 3) more" : ""
      problem = "\(shown)\(rest) ran on one side only"
      return
    }
    let pairs = names.map { (first[$0] ?? 0, second[$0] ?? 0) }
    let (all1, all2) = (Double(baseline.count), Double(candidate.count))
    let widest = pairs.indices.max { Self.gap(pairs[$0], all1, all2) < Self.gap(pairs[$1], all1, all2) }
    // Shares that were drawn at random differ a little; what both chance and size speak for is another mix.
    guard let widest, Self.gap(pairs[widest], all1, all2) > 0.05,
      ChiSquare.homogeneity(pairs.map(\.0), pairs.map(\.1)) < 0.001
    else {
      problem = nil
      return
    }
    let shares = [Double(pairs[widest].0) / all1, Double(pairs[widest].1) / all2].map(QuantityText.percent)
    problem = "'\(names[widest])' is \(shares[0]) of the jobs on one side and \(shares[1]) on the other"
  }

  private static func gap(_ pair: (Int, Int), _ all1: Double, _ all2: Double) -> Double {
    abs(Double(pair.0) / all1 - Double(pair.1) / all2)
  }

  private static func counts(_ side: ComparedSide) -> [String: Int] {
    side.runs.reduce(into: [:]) { counts, run in
      for job in run.jobs { counts[job.entry, default: 0] += 1 }
    }
  }
}
