import FoundationEssentials
import Jobs
import Scenarios
import Testing

/// The mixes and the contest of the package, against the figures that they come from.
@Suite("A published workload")
struct PublishedMixTests {
  private static let folder = #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/scenarios"

  /// The entries of a mix, in percent.
  private struct Shares {
    var languages: [Language: Double] = [:]
    var verdicts: [String: Double] = [:]

    init(_ name: String) throws {
      let text = """
        version: 1
        name: shares
        include: mixes/\(name).yaml
        arrivals: { process: uniform, phases: [{ name: all, kind: constant, rate: 1000/s, for: 100s }] }
        """
      let scenario = try Scenario(
        ScenarioDocument(text: text, name: "shares.yaml", directory: "\(PublishedMixTests.folder)/"))
      let phase = try #require(Plan(scenario).phases.first)
      for (entry, count) in zip(scenario.mix, phase.entries.counts(of: 100_000, kinds: scenario.mix.count)) {
        let percent = Double(count) / 1_000
        languages[entry.submission.language, default: 0] += percent
        // A wrong answer is a program that ends well, told from a right one by its name alone.
        let wrong = entry.name.hasSuffix("-wrong") ? "wrong_answer" : "accepted"
        verdicts[entry.expectation.error?.rawValue ?? wrong, default: 0] += percent
      }
    }
  }

  /// Shares in percent of what the platform's four languages have, as published: 103 contests of XCPCIO board-data,
  /// CodeNet's 13,916,868 submissions (C counted with C++), and the assumption about courses.
  private static let published: [(String, [(Language, Double)])] = [
    ("icpc", [(.cpp, 94), (.python, 5), (.java, 1)]),
    ("judge", [(.cpp, 57.5 + 5.4), (.python, 23.6), (.java, 5.1), (.javascript, 0.42)]),
    ("teaching", [(.python, 45), (.javascript, 20), (.java, 15), (.cpp, 12)]),
    ("uniform", [(.cpp, 25), (.python, 25), (.java, 25), (.javascript, 25)]),
  ]

  @Test("has the languages in their published shares, within half a point", arguments: published)
  func languages(name: String, shares: [(Language, Double)]) throws {
    let mix = try Shares(name)
    let whole = shares.reduce(0) { $0 + $1.1 }
    #expect(Set(mix.languages.keys) == Set(shares.map(\.0)))
    for (language, share) in shares {
      let found = mix.languages[language] ?? 0
      #expect(abs(found - share / whole * 100) <= 0.5, "\(language): \(found)")
    }
  }

  @Test("has CodeNet's verdicts within a point: none is without failures", arguments: ["icpc", "judge"])
  func verdicts(name: String) throws {
    let mix = try Shares(name)
    let published = [
      "accepted": 53.6, "wrong_answer": 29.8, "runtime_error": 6.4, "timeout": 5.5, "compile_error": 4.0,
    ]
    for (verdict, share) in published {
      let found = mix.verdicts[verdict] ?? 0
      #expect(abs(found - share) <= 1, "\(verdict): \(found)")
    }
    if name == "judge" { #expect(abs((mix.verdicts["memory_limit"] ?? 0) - 0.16) <= 0.1) }
  }

  @Test("that is no measurement of verdicts still has failures of several kinds", arguments: ["teaching", "uniform"])
  func failures(name: String) throws {
    let verdicts = try Shares(name).verdicts
    #expect(verdicts.keys.count { $0 != "accepted" && $0 != "wrong_answer" } >= 3)
    #expect((verdicts["accepted"] ?? 0) < 85)
  }

  /// Jobs in each of the contest's minutes, for each of several seeds.
  private static func contests() throws -> [[Double]] {
    try (1...20).map { seed in
      let document = try ScenarioDocument(path: "\(folder)/contest-full.yaml", overrides: ["seed=\(seed)"])
      let arrivals = try #require(Plan(Scenario(document)).phases[0].arrivals)
      var minutes = Array(repeating: 0.0, count: 300)
      for time in arrivals { minutes[Int(time / 60_000_000_000)] += 1 }
      return minutes
    }
  }

  @Test("contest-full has the published shares, minutes as uneven as published, and its peak at the end")
  func contest() throws {
    let contests = try Self.contests()
    let jobs = contests.joined().reduce(0, +)
    func share(_ minutes: Range<Int>) -> Double {
      contests.reduce(0) { $0 + $1[minutes].reduce(0, +) } / jobs * 100
    }
    for (half, published) in [10.8, 10.1, 8.8, 8.0, 7.6, 7.4, 7.3, 7.8, 9.4, 22.9].enumerated() {
      #expect(abs(share((half * 30)..<(half * 30 + 30)) - published) < 0.4, "half hour \(half + 1)")
    }
    for (ten, published) in [2.83, 3.09, 3.48, 4.03, 5.57, 13.35].enumerated() {
      #expect(abs(share((240 + ten * 10)..<(250 + ten * 10)) - published) < 0.3, "ten minutes \(ten + 1)")
    }
    #expect(abs(share(295..<300) - 9.0) < 0.3 && abs(share(299..<300) - 3.1) < 0.3)
    // Two thousand teams with 13.9 submissions each.
    #expect(abs(jobs / Double(contests.count) / (2_000 * 13.9) - 1) < 0.02)
    let peaks = contests.map { ($0.max() ?? 0) / ($0.reduce(0, +) / 300) }.sorted()
    #expect((7.5...11.5).contains(peaks[10]), "peak minute over mean \(peaks[10]), published 9.0")
  }

  @Test("contest-full has the published index of dispersion of minutes, 7.9")
  func dispersion() throws {
    let contests = try Self.contests()
    // Half hours of one rate each, every minute about its half hour's mean over all seeds.
    let ratios = (0..<8).flatMap { half -> [Double] in
      let counts = contests.flatMap { $0[(half * 30)..<(half * 30 + 30)] }
      let mean = counts.reduce(0, +) / Double(counts.count)
      return counts.map { ($0 - mean) * ($0 - mean) / mean }
    }
    let index = ratios.reduce(0, +) / Double(ratios.count)
    #expect(abs(index - 7.9) < 0.8, "\(index)")
  }
}
