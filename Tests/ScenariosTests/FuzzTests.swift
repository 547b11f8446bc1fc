import Scenarios
import TestServices
import Testing

@Suite("Whatever is written")
struct FuzzTests {
  private let inputs = FuzzInputs.count
  private static let seeds = [
    ScenarioFixture().text,
    """
    version: 1
    name: all
    seed: 7
    target: { base_url: "http://h:1", http: { keep_alive: true }, retry: { on: [429], max: 2, backoff: 200ms x2 cap 5s } }
    mix: [{ name: a, weight: 2, language: python, code: "1", stdin: { text: "x" }, expect: { stdout: "x" } }]
    arrivals:
      process: poisson
      phases:
        - { name: p1, kind: stairs, from: 1/s, to: 3/s, steps: 3, each: 1s }
        - { name: p2, kind: spike, base: 1/s, peak: 9/s, at: 1s, hold: 1s, for: 4s }
        - { name: p3, kind: burst, count: 3, every: 1s, times: 2 }
        - { name: p4, kind: sine, mean: 2/s, amplitude: 1/s, period: 3s, start: trough, for: 6s }
        - { name: p5, kind: profile, shares: [1, 0, 2], each: 1s, jobs: 9, dispersion: 3 }
        - { name: p6, kind: pause, for: 1s }
    limits: { max_in_flight: 9, on_limit: drop, job_deadline: 1s, drain: 1s, max_cost: $5 }
    polling: { policy: exponential, initial: 1ms, factor: 2, cap: 1s }
    assume: { e2e: 1s, billed: 9ms, memory: 64MiB }
    thresholds: ["p95(e2e){phase=p1} < 2s", { expr: rate(failed) > 20%, abort: true, after: 1s }]
    """,
    """
    version: 1
    name: closed
    mix: [{ name: a, language: cpp, code: "1", limits: { memory: 64MiB } }]
    arrivals: { process: closed, phases: [{ name: p, concurrency: 3, repeat: 2, mix: [a], think_time: { mean: 1s } }] }
    """,
  ].map { Array($0.unicodeScalars) }

  private static let tokens = [
    "9999999999999999999999", "-1", "0", "1e309", "nan", ".inf", "1/s", "0/s", "%", "$", "{", "}", "[", "]", ":", "- ",
    "&a ",
    "*a", "<<: *a", "\"", "'", "|\n", "\n", "  ", "\t", "~", "null", "${X}", "? ", "!!", "\u{0}", "\u{feff}", "é", "🙂",
    "for: ", "kind: ",
    "jobs: ", "p99.9(", "){", "phase=", "999h", "1h1h1h", "name: ",
  ].map { Array($0.unicodeScalars) }

  private static func mutate(_ text: [Unicode.Scalar], _ random: inout RandomStream) -> String {
    var text = text
    for _ in 0...random.below(3) {
      let place = random.below(text.count + 1)
      switch random.below(4) {
      case 0: text.removeSubrange(place..<min(text.count, place + random.below(8)))
      case 1: text.insert(contentsOf: tokens[random.below(tokens.count)], at: place)
      case 2:
        let end = min(text.count, place + random.below(60))
        text.insert(contentsOf: text[place..<end], at: random.below(text.count + 1))
      default: if place < text.count { text[place] = Unicode.Scalar(UInt8(random.below(128))) }
      }
    }
    return String(String.UnicodeScalarView(text))
  }

  @Test("as a scenario is read or refused with a place, and what is read can be planned")
  func scenarios() {
    var random = RandomStream(seed: 20_261_127, purpose: 0, index: 0)
    var read = 0
    for number in 0..<(inputs / 4) {
      let text = Self.mutate(Self.seeds[number % Self.seeds.count], &random)
      do throws(ScenarioError) {
        let scenario = try Scenario(ScenarioDocument(text: text, name: "fuzz.yaml"))
        read += 1
        guard scenario.phases.allSatisfy({ ($0.load.duration ?? .zero) < .seconds(3_600) }) else { continue }
        // Rates of a million a second are legal, and take long to count in a debug build.
        guard !text.contains("9999"), number % 8 == 0 else { continue }
        #expect(Plan(scenario).phases.count == scenario.phases.count, "\(text)")
      } catch {
        #expect(!error.problems.isEmpty, "\(text)")
      }
    }
    #expect(read > 0)
  }

  @Test("as a threshold is read or refused with a place in it")
  func thresholds() {
    var random = RandomStream(seed: 20_261_127, purpose: 1, index: 0)
    let seeds = ["p95(e2e){phase=steady, language=python} < 2s", "rate(cold) >= 1.5%", "cost_per_execution < $0.0001"]
      .map { Array($0.unicodeScalars) }
    for number in 0..<(inputs - inputs / 4) {
      let text = Self.mutate(seeds[number % seeds.count], &random)
      do throws(ThresholdProblem) {
        let threshold = try Threshold(parsing: text)
        #expect(threshold.limit.isFinite, "\(text)")
      } catch {
        #expect((0...text.count).contains(error.offset), "\(text)")
      }
    }
  }

  @Test(
    "as YAML to break readers ends soon, with a place",
    arguments: [
      String(repeating: "[", count: 20_000), String(repeating: "{a: ", count: 20_000),
      String(repeating: "- ", count: 20_000),
      "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + zip("bcdefgh", "abcdefg").map {
          "\($0): &\($0) [" + Array(repeating: "*\($1)", count: 9).joined(separator: ",") + "]\n"
        }.joined(),
      "a: &a [*a]\n", "\u{0}\u{1}\u{2}", "? [a]\n: b\n", "--- a\n--- b\n", "",
    ])
  func bombs(text: String) {
    let error = #expect(throws: ScenarioError.self) { try Scenario(ScenarioDocument(text: text, name: "bomb.yaml")) }
    #expect(error?.description.hasPrefix("bomb.yaml:") == true)
  }
}
