import Glibc
import HostSystem
import Scenarios
import Testing

@Suite("A phase of a scenario")
struct PhaseReadingTests {
  private static func fixture(_ process: String, _ phase: String) -> ScenarioFixture {
    var fixture = ScenarioFixture()
    fixture.arrivals = "arrivals:\n  process: \(process)\n  phases:\n    - { name: p, \(phase) }\n"
    return fixture
  }

  @Test(
    "is read with its kind",
    arguments: [
      (
        "kind: stairs, from: 5/s, to: 15/s, steps: 3, each: 10s",
        .stairs(from: 5, to: 15, levels: 3, each: .seconds(10)), 300
      ),
      (
        "kind: stairs, from: 15/s, to: 5/s, step: 5/s, each: 10s",
        .stairs(from: 15, to: 5, levels: 3, each: .seconds(10)), 300
      ),
      (
        "kind: spike, base: 1/s, peak: 10/s, hold: 2s, for: 10s",
        .spike(base: 1, peak: 10, at: .seconds(4), hold: .seconds(2), for: .seconds(10)), 28
      ),
      (
        "kind: spike, base: 0/s, peak: 10/s, at: 0s, hold: 2s, for: 10s",
        .spike(base: 0, peak: 10, at: .zero, hold: .seconds(2), for: .seconds(10)), 20
      ),
      ("kind: burst, count: 7, for: 3s", .burst(count: 7, every: .zero, times: 1, for: .seconds(3)), 7),
      (
        "kind: burst, count: 7, every: 2s, times: 3", .burst(count: 7, every: .seconds(2), times: 3, for: .seconds(6)),
        21
      ),
      (
        "kind: burst, count: 7, every: 2s, for: 5s", .burst(count: 7, every: .seconds(2), times: 3, for: .seconds(5)),
        21
      ),
      (
        "kind: sine, mean: 4/s, amplitude: 2/s, period: 1m, start: trough, for: 2m",
        .sine(mean: 4, amplitude: 2, period: .seconds(60), start: .trough, for: .seconds(120)), 480
      ),
      ("kind: pause, for: 5s", .pause(for: .seconds(5)), 0),
      (
        "kind: profile, shares: [1, 0, 3], each: 10s, jobs: 40",
        .profile(
          RateShares([1, 0, 3].map { .init(share: $0, duration: .seconds(10)) }, jobs: 40)), 40
      ),
      (
        "kind: profile, shares: [{ share: 1, for: 10s }, { share: 2, for: 5s }], rate: 2/s",
        .profile(
          RateShares(
            [.init(share: 1, duration: .seconds(10)), .init(share: 2, duration: .seconds(5))], jobs: 30)), 30
      ),
    ] as [(String, PhaseLoad, Int)])
  func kinds(text: String, load: PhaseLoad, jobs: Int) throws {
    let scenario = try Self.fixture("uniform", text).read()
    #expect(scenario.phases[0].load == load)
    let phase = Plan(scenario).phases[0]
    #expect(phase.scheduled == jobs && phase.arrivals.map { Array($0).count } == jobs)
    #expect(phase.entries.reduce(0) { count, _ in count + 1 } == jobs)
    let length = try #require(load.duration).inNanoseconds
    #expect(phase.arrivals?.allSatisfy { $0 >= 0 && $0 < length } == true)
  }

  @Test("that is closed may think, for always the same time or at random")
  func thinking() throws {
    let fixed = try Self.fixture("closed", "concurrency: 2, jobs: 4, think_time: 2s").read()
    #expect(fixed.phases[0].load == .closed(concurrency: 2, until: .jobs(4), think: .fixed(.seconds(2))))
    #expect(Plan(fixed).phases[0].thinkTime(afterJob: 3) == 2_000_000_000)
    let text = "concurrency: 2, jobs: 4, think_time: { mean: 2s, distribution: exponential }"
    let plan = Plan(try Self.fixture("closed", text).read())
    let times = (0..<10_000).map { Double(plan.phases[0].thinkTime(afterJob: $0)) / 1e9 }
    #expect((times.reduce(0, +) / 10_000 - 2).magnitude < 0.08 && times[0] != times[1])
    #expect(plan.phases[0].thinkTime(afterJob: 9) == Int64((times[9] * 1e9).rounded()))
  }

  @Test("of shares can be as uneven from minute to minute as jobs of people are, and sends as many jobs all the same")
  func dispersion() throws {
    let text = "kind: profile, shares: [1], each: 400m, jobs: 40000, dispersion: 8"
    let scenario = try Self.fixture("poisson", text).read()
    let times = Array(try #require(Plan(scenario).phases[0].arrivals))
    #expect((Double(times.count) - 40_000).magnitude < 1_000)
    var minutes = Array(repeating: 0.0, count: 400)
    for time in times { minutes[Int(time / 60_000_000_000)] += 1 }
    let mean = minutes.reduce(0, +) / 400
    let variance = minutes.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 399
    #expect((5...11).contains(variance / mean))
  }

  @Test(
    "that is wrong says where and what to do",
    arguments: [
      (
        "uniform", "kind: constant, rate: 5/s, for: 1s, peak: 4/s",
        "unknown key 'peak' in a phase ('peak' belongs to kind spike"
      ),
      ("uniform", "kind: search, from: 1/s", "needs the key 'to'"),
      ("poisson", "kind: search, from: 5/s, to: 5/s", "must be above 'from'"),
      ("closed", "kind: search, from: 1/s, to: 5/s", "process closed has no kind 'search'"),
      ("uniform", "kind: replay, file: a.csv", "process uniform has no kind 'replay'"),
      ("closed", "kind: ramp, from: 1/s, to: 2/s, for: 1s", "process closed has no kind 'ramp'"),
      ("uniform", "kind: constant, rate: 0/s, for: 1s", "rate: must be above 0"),
      ("uniform", "kind: constant, rate: -1/s, for: 1s", "rate: '-1/s' is not a rate"),
      ("uniform", "kind: constant, rate: nan/s, for: 1s", "rate: 'nan/s' is not a rate"),
      ("uniform", "kind: constant, rate: .inf, for: 1s", "rate: '.inf' is not a rate"),
      ("uniform", "kind: constant, rate: 1e9/s, for: 1s", "rate: '1e9/s' is not a rate"),
      ("uniform", "kind: constant, rate: 99999999/s, for: 1s", "rate: must be at most 1000000/s"),
      ("uniform", "kind: constant, rate: 5 s, for: 1s", "rate: '5 s' is not a rate"),
      ("uniform", "kind: constant, rate: 5/s, for: 0s", "for: must be above 0"),
      (
        "uniform", "kind: constant, rate: 5/s, for: 99999999999999999999h",
        "for: '99999999999999999999h' is longer than a year"
      ),
      ("uniform", "kind: constant, rate: 1000000/s, for: 1h", "brings the scenario to more than 100000000 jobs"),
      ("uniform", "kind: stairs, from: 1/s, to: 2/s, each: 30d, steps: 3", "each: '30d' is not a duration"),
      (
        "uniform", "kind: stairs, from: 0/s, to: 0.1/h, each: 8000h, steps: 3",
        "brings the scenario to more than a year"
      ),
      (
        "uniform", "kind: stairs, from: 1/s, to: 9/s, each: 3s, steps: 3, step: 4/s",
        "stairs takes one of 'steps' or 'step', not 2"
      ),
      (
        "uniform", "kind: stairs, from: 1/s, to: 9/s, each: 3s, step: 5/s",
        "step: does not lead from one rate to the other"
      ),
      ("uniform", "kind: ramp, from: 0/s, to: 0/s, for: 3s", "a ramp from 0 to 0 sends nothing"),
      ("uniform", "kind: spike, base: 5/s, peak: 4/s, hold: 1s, for: 3s", "peak: must be above the base"),
      (
        "uniform", "kind: spike, base: 1/s, peak: 4/s, at: 3s, hold: 1s, for: 3s",
        "hold: the spike ends after the phase"
      ),
      ("uniform", "kind: burst, count: 0, for: 3s", "count: must be from 1 to 1000000, got 0"),
      (
        "uniform", "kind: burst, count: 99999999999999999999, for: 3s",
        "count: '99999999999999999999' is not a whole number"
      ),
      ("uniform", "kind: burst, count: 3, times: 2, for: 3s", "times: bursts need a time between them"),
      ("uniform", "kind: sine, mean: 1/s, amplitude: 2/s, period: 1s, for: 3s", "amplitude: is above the mean"),
      ("uniform", "kind: profile, shares: [0, 0], each: 1s, jobs: 4", "shares: at least one must be above 0"),
      ("uniform", "kind: profile, shares: [1, x], each: 1s, jobs: 4", "must be a number from 0, got 'x'"),
      ("uniform", "kind: profile, shares: [1], each: 1s", "a profile needs one of 'jobs' or 'rate'"),
      ("uniform", "kind: profile, shares: [1], each: 1s, jobs: 4, dispersion: 3", "dispersion: needs process: poisson"),
      ("uniform", "kind: profile, shares: [1, 1000], each: 1s, rate: 900000/s", "shares: the highest rate must be"),
      ("closed", "concurrency: 1, jobs: 2, think_time: { mean: 0s }", "mean: must be above 0"),
      ("closed", "concurrency: 1, jobs: 999999999999", "jobs: must be from 1 to 100000000, got 999999999999"),
      ("replay", "file: nowhere.csv", "file: cannot read 'nowhere.csv'"),
      ("replay", "file: nowhere.csv, mix: [hello]", "unknown key 'mix' in a phase"),
    ])
  func mistakes(process: String, phase: String, complaint: String) throws {
    let said = try #require(Self.fixture(process, phase).complaint())
    #expect(said.contains(complaint), "\(said)")
    #expect(said.hasPrefix("test.yaml:8:"), "\(said)")
  }

  // MARK: Replay

  private static func replay(_ trace: String, _ keys: String = "") -> (Scenario?, String) {
    let directory = "/tmp/replay-\(getpid())-\(MonotonicInstant.now.nanoseconds)/"
    mkdir(directory, 0o700)
    defer {
      unlink(directory + "t.csv")
      rmdir(directory)
    }
    guard let file = fopen(directory + "t.csv", "w") else { return (nil, "") }
    fputs(trace, file)
    fclose(file)
    do {
      return (try fixture("replay", "file: t.csv\(keys)").read(directory: directory), "")
    } catch {
      return (nil, error.description.replacing(directory, with: ""))
    }
  }

  @Test("that replays sends what was recorded, at its speed, and only the part that is wanted")
  func replays() throws {
    let csv = "offset,entry\n# a comment\n0.5,hello\n1s,hello\r\n\n4, hello \n"
    let whole = try #require(Self.replay(csv).0)
    #expect(Plan(whole).phases[0].arrivals.map(Array.init) == [500_000_000, 1_000_000_000, 4_000_000_000])
    #expect(Array(Plan(whole).phases[0].entries) == [0, 0, 0])
    let part = try #require(Self.replay(csv, ", speed: 2, from: 1s, for: 3s").0)
    #expect(Plan(part).phases[0].arrivals.map(Array.init) == [0] && part.phases[0].load.duration == .seconds(1.5))
    let lines = #"{"offset": 0.25, "entry": "hello"}"# + "\n" + #"{"offset": "2s", "entry": "hello"}"#
    let json = try #require(Self.replay(lines).0)
    #expect(Plan(json).phases[0].arrivals.map(Array.init) == [250_000_000, 2_000_000_000])
  }

  @Test(
    "that replays says what is wrong with its file, and in which line",
    arguments: [
      ("1,hello\n0.5,hello\n", "t.csv:2:1: the offset 0.5 s is before the one above it, 1.0 s"),
      ("-1,hello\n", "t.csv:1:1: '-1' is not an offset"), ("nan,hello\n", "t.csv:1:1: 'nan' is not an offset"),
      ("1,helo\n", "t.csv:1:1: there is no entry 'helo' in the mix (did you mean 'hello'?)"),
      ("1\n", "t.csv:1:1: a line has an offset and an entry, this one has 1 fields"),
      ("{\"offset\": -1, \"entry\": \"hello\"}\n", "t.csv:1:1: the offset -1.0 is not from 0 to a year"),
      ("{\"offset\": 1}\n", "t.csv:1:1: is not an arrival in JSON"), ("", "file: 't.csv' has no arrival at all"),
      ("99999999999999999999,hello\n", "t.csv:1:1: '99999999999999999999' is not an offset"),
    ])
  func badTraces(trace: String, complaint: String) {
    let said = Self.replay(trace).1
    #expect(said.contains(complaint), "\(said)")
  }
}
