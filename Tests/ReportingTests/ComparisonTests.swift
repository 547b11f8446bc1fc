import Foundation
import Jobs
import Reporting
import RunRecords
import Statistics
import TestServices
import Testing

@Suite struct ComparisonTests {
  /// The steady run again, of another day, whose programs take `factor` as long to run.
  static func slower(
    _ factor: Double, id: String = "20261125-090000-steady-1b2c", daysLater days: Int64 = 0
  ) -> RunReading {
    var reading = SyntheticRun.steady()
    reading.info.id = id
    let later = 67_334_000 + days * 86_400_000
    reading.info.startedAt += later
    for index in reading.records.indices { shift(&reading.records[index], by: later * 1_000) }
    for index in reading.records.indices { stretch(&reading.records[index], factor) }
    return reading
  }

  private static func shift(_ job: inout JobRecord, by microseconds: Int64) {
    for field in [\JobTimings.s0, \.s1, \.s2, \.s3, \.s4, \.s5, \.s6] as [WritableKeyPath<JobTimings, Int64?>] {
      job.timings?[keyPath: field]? += microseconds
    }
  }

  private static func stretch(_ job: inout JobRecord, _ factor: Double) {
    guard let s4 = job.timings?.s4, let s5 = job.timings?.s5, let t7 = job.t7 else { return }
    let more = Int64(Double(s5 - s4) * (factor - 1))
    job.timings?.s5? += more
    job.timings?.s6? += more
    job.t6? += more * 1_000
    job.t7 = t7 + more * 1_000
    job.endedAt += more * 1_000
    job.timings?.billedMs? += Int(more / 1_000)
  }

  private func compare(
    _ baseline: RunReading, _ candidate: RunReading, _ options: ComparisonOptions = ComparisonOptions()
  ) throws -> RunComparison {
    try RunComparison(baseline: [baseline], candidates: [[candidate]], options)
  }

  @Test("a run against itself is never called different, and exits 0")
  func itself() throws {
    let comparison = try compare(SyntheticRun.steady(), SyntheticRun.steady())
    let candidate = comparison.candidates[0]
    #expect(comparison.exitCode == 0)
    #expect(candidate.headline.allSatisfy { $0.shift.value == 0 && $0.verdict != .regression })
    #expect(candidate.headline.contains { $0.scope == .language(.python) })
    #expect(candidate.differences.facts == [] && candidate.differences.scenario == [])
    #expect(candidate.warnings.contains { $0.contains("One run a side") })
  }

  @Test("programs that run twice as long are a regression of e2e and of run, and of nothing before them")
  func regression() throws {
    let comparison = try compare(SyntheticRun.steady(20), Self.slowerOften(2))
    let candidate = comparison.candidates[0]
    #expect(comparison.verdict == .regression)
    #expect(comparison.exitCode == 4)
    func detail(_ series: Series) -> SeriesShift? {
      candidate.details.first { $0.series == series && $0.scope == .all }
    }
    #expect(detail(.run)?.verdict == .regression)
    #expect(detail(.queueWait)?.shift.value == 0)
    let run = try #require(detail(.run))
    #expect(try #require(run.shift.share(run.shift.value)) > 0.5)
    let cost = try #require(candidate.runFigures.first { $0.figure == .cost })
    #expect(cost.candidate > cost.baseline && cost.shift.lower == nil)
    let back = try compare(Self.slowerOften(2), SyntheticRun.steady(20))
    #expect(back.verdict == .improvement && back.exitCode == 0)
  }

  private static func slowerOften(_ factor: Double) -> RunReading {
    var reading = SyntheticRun.steady(20)
    reading.info.id = "20261125-090000-steady-1b2c"
    for index in reading.records.indices { stretch(&reading.records[index], factor) }
    return reading
  }

  @Test("several runs a side are one value each: the interval is the one between runs")
  func byRun() throws {
    let baseline = [1.0, 1.01, 1.02].map { Self.slower($0) }
    let comparison = try RunComparison(baseline: baseline, candidates: [[3.0, 3.02, 3.05].map { Self.slower($0) }])
    let typical = try #require(comparison.candidates[0].headline.first)
    #expect(typical.baseline.byRun.count == 3)
    #expect(typical.shift.lower != nil && typical.pValue != nil)
    #expect(comparison.verdict == .regression)
    #expect(!comparison.candidates[0].warnings.contains { $0.contains("One run a side") })
    let goodput = try #require(comparison.candidates[0].runFigures.first { $0.figure == .throughput })
    #expect(goodput.shift.lower != nil)
  }

  @Test("runs of one side that differ as much as the sides do prove nothing")
  func unsteadyRuns() throws {
    let comparison = try RunComparison(
      baseline: [1.0, 2.0].map { Self.slower($0) }, candidates: [[1.5, 3].map { Self.slower($0) }])
    #expect(comparison.verdict != .regression)
    #expect(comparison.candidates[0].headline.allSatisfy { $0.verdict == .inconclusive })
  }

  @Test("jobs that fail are a regression though nothing is slower")
  func failures() throws {
    var worse = SyntheticRun.steady(20)
    for index in worse.records.indices where index % 20 == 0 {
      worse.records[index].outcome = .wrongResult
    }
    let comparison = try compare(SyntheticRun.steady(20), worse)
    let succeeded = try #require(comparison.candidates[0].outcomes.first { $0.outcome == .succeeded })
    #expect(succeeded.verdict == .regression && succeeded.shift.upper < 0)
    #expect(comparison.exitCode == 4)
  }

  @Test("runs without a job, of another mix, or INVALID are refused, and only the last two can be forced")
  func refused() throws {
    func problem(_ first: RunReading, _ second: RunReading, _ forced: Bool = false) -> ComparisonError? {
      do throws(ComparisonError) {
        _ = try RunComparison(baseline: [first], candidates: [[second]], ComparisonOptions(isForced: forced))
        return nil
      } catch { return error }
    }
    let steady = SyntheticRun.steady()
    #expect(problem(steady, SyntheticRun.empty())?.description.contains("no recorded job") == true)
    #expect(problem(steady, SyntheticRun.empty(), true) != nil)
    let mixed = try #require(problem(steady, SyntheticRun.smoke()))
    #expect(mixed.cause.contains("ran on one side only") && !mixed.isInvalidRun)
    #expect(problem(steady, SyntheticRun.smoke(), true) == nil)
    var late = steady
    for index in late.records.indices { late.records[index].t1? += 900_000_000 }
    let invalid = try #require(problem(steady, late))
    #expect(invalid.isInvalidRun && invalid.description.contains("--force"))
    #expect(problem(steady, late, true) == nil)
    var refused = steady
    for index in refused.records.indices { refused.records[index].outcome = .rejected }
    #expect(problem(steady, refused, true)?.cause.contains("no job") == true)
  }

  @Test("one entry that is 60 % of the jobs on one side and 20 % on the other is another mix")
  func shares() throws {
    var other = SyntheticRun.steady(20)
    for index in other.records.indices where index % 2 == 0 { other.records[index].entry = "java-graph" }
    #expect(throws: ComparisonError.self) { try compare(SyntheticRun.steady(20), other) }
  }

  @Test("what differs in scenario, machine and versions is named")
  func differences() throws {
    var other = Self.slower(1)
    other.info.effectiveScenario = other.info.effectiveScenario.replacing("seed: 1", with: "seed: 2\nextra: true")
    other.info.seed = 2
    other.info.environment.cores = 8
    other.info.environment.versions["libcurl"] = nil
    let differences = try compare(SyntheticRun.steady(), other).candidates[0].differences
    #expect(differences.scenario.map(\.text) == ["seed: 1", "seed: 2", "extra: true"])
    #expect(differences.scenario.map(\.isAdded) == [false, true, true])
    #expect(differences.facts.map(\.name) == ["Seed", "Cores", "Version of libcurl"])
  }

  @Test("a percentile that falls on unfinished jobs decides only what its bound can")
  func bounds() throws {
    var stuck = SyntheticRun.steady(20)
    for index in stuck.records.indices where index % 5 == 0 {
      stuck.records[index].outcome = .timedOut
      (stuck.records[index].t6, stuck.records[index].t7) = (nil, nil)
      stuck.records[index].endedAt = stuck.records[index].t0 + 30_000_000_000
    }
    let worse = try compare(SyntheticRun.steady(20), stuck, ComparisonOptions(isForced: true)).candidates[0]
    #expect(worse.headline.first { $0.figure == .quantile(0.95) && $0.scope == .all }?.verdict == .regression)
    #expect(worse.warnings.contains { $0.contains("never finished") })
    let same = try compare(stuck, stuck, ComparisonOptions(isForced: true)).candidates[0]
    #expect(same.headline.first { $0.figure == .quantile(0.95) && $0.scope == .all }?.verdict == .inconclusive)
  }

  // MARK: Forms

  @Test("the forms of a comparison are as they were looked at")
  func goldens() throws {
    let comparison = try compare(SyntheticRun.steady(), Self.slower(1.5))
    try Golden.expect(comparison.terminal(), is: "comparison.terminal.txt")
    try Golden.expect(comparison.json, is: "comparison.json")
    // Style sheet and script are those of every page, and change with any of them.
    let page = comparison.html.replacing(/(?s)<(style|script)>.*?<\/\1>/, with: "").replacing(
      /'sha256-[^']*'/, with: "")
    try Golden.expect(page, is: "comparison.html")
  }

  @Test("a page is well-formed, also of three sides and of several runs", arguments: [false, true])
  func page(forced: Bool) throws {
    let comparison = try RunComparison(
      baseline: [SyntheticRun.steady(), Self.slower(1.1)],
      candidates: [[Self.slower(1.5)], [Self.slower(0.5), SyntheticRun.interrupted()]],
      ComparisonOptions(isForced: forced))
    #expect(MarkupChecker(comparison.html).problems == [])
    #expect(comparison.candidates.map(\.side.label) == ["B", "C"])
  }

  @Test("hostile names stay text, on the page and on the terminal")
  func hostile() throws {
    let comparison = try compare(
      SyntheticRun.hostile(), SyntheticRun.smoke(), ComparisonOptions(isForced: true))
    #expect(MarkupChecker(comparison.html).problems == [])
    #expect(MarkupChecker(comparison.html).elements["script"] == 1 && comparison.html.contains("&lt;script&gt;"))
    #expect(!comparison.terminal(isColoured: false).unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    #expect((try? JSONSerialization.jsonObject(with: Data(comparison.json.utf8))) != nil)
  }

  @Test("any two runs at all become a page or a clear refusal", arguments: 0..<30 as Range<UInt64>)
  func fuzz(seed: UInt64) throws {
    let (first, second) = (RandomRun(seed: seed).reading, RandomRun(seed: seed + 1_000).reading)
    do throws(ComparisonError) {
      let comparison = try RunComparison(
        baseline: [first], candidates: [[second]], ComparisonOptions(isForced: true))
      #expect(MarkupChecker(comparison.html).problems == [], "seed \(seed)")
      #expect(!comparison.terminal().isEmpty)
      #expect((try? JSONSerialization.jsonObject(with: Data(comparison.json.utf8))) != nil, "seed \(seed)")
    } catch { #expect(error.description.hasPrefix("cannot compare: ")) }
  }
}
