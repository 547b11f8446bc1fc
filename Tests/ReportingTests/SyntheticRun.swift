import Glibc
import Jobs
import RunRecords
import TestServices

/// Runs that look like real ones and are the same every time: instants are drawn from a seeded generator.
struct SyntheticRun {
  static let startedAt: Int64 = 1_795_529_866_000
  private static let origin = startedAt * 1_000

  private var random: SplitMix
  private var records: [JobRecord] = []
  private var environments = 0

  /// How long the parts of a job of a language take, in milliseconds, as medians.
  private struct Profile {
    var compile: Double
    var run: Double
    var cold: Double
  }

  private static let profiles: [Language: Profile] = [
    .cpp: Profile(compile: 310, run: 6, cold: 120), .java: Profile(compile: 540, run: 95, cold: 480),
    .python: Profile(compile: 0, run: 28, cold: 140), .javascript: Profile(compile: 0, run: 44, cold: 150),
  ]

  init(seed: UInt64) { random = SplitMix(state: seed) }

  // MARK: Runs

  /// Four languages cold and warm, then every way to fail: 34 jobs, most of the last ten failing as expected.
  static func smoke() -> RunReading {
    var run = SyntheticRun(seed: 1)
    var clock: Int64 = 20_000_000
    let hello: [(String, Language)] = [
      ("py-hello", .python), ("cpp-hello", .cpp), ("java-hello", .java), ("js-hello", .javascript),
    ]
    for (entry, language) in hello { run.add(entry, language, phase: "cold", at: clock, cold: true) }
    clock = 2_000_000_000
    for _ in 0..<5 {
      for (entry, language) in hello { clock = run.add(entry, language, phase: "warm", at: clock) + 1_000_000 }
    }
    for failure in failures {
      clock = run.add(failure.entry, failure.language, phase: "failures", at: clock, running: failure.milliseconds)
      run.expectFailure(failure.error)
      clock += 1_000_000
    }
    var info = run.info(
      "smoke", "Every language cold and warm, and every way to fail, each with the verdict that it must get.",
      phases: [
        PhaseInfo(
          name: "cold", kind: "constant", start: 0, duration: 2_000_000_000, scheduled: 4, recorded: true, closed: true),
        PhaseInfo(
          name: "warm", kind: "constant", start: 2_000_000_000, duration: 6_000_000_000, scheduled: 20, recorded: true,
          closed: true),
        PhaseInfo(
          name: "failures", kind: "constant", start: 8_000_000_000, duration: clock - 8_000_000_000, scheduled: 10,
          recorded: true, closed: true),
      ])
    info.thresholds = ["rate(succeeded) >= 100%", "max(e2e){phase=warm} < 10s"]
    return RunReading(info: info, records: run.records)
  }

  private static let failures: [(entry: String, language: Language, error: ErrorType, milliseconds: Double)] = [
    ("py-syntax-error", .python, .compileError, 0), ("js-syntax-error", .javascript, .compileError, 0),
    ("cpp-compile-error", .cpp, .compileError, 0), ("java-compile-error", .java, .compileError, 0),
    ("py-runtime-error", .python, .runtimeError, 30), ("cpp-crash", .cpp, .runtimeError, 9),
    ("js-endless-loop", .javascript, .timeout, 1_004), ("py-sleeper", .python, .timeout, 1_003),
    ("py-memory-hog", .python, .memoryLimit, 210), ("cpp-output-flood", .cpp, .outputLimit, 95),
  ]

  /// Poisson arrivals at 5/s for 60 s after 10 s of warm-up, four languages, some jobs that go wrong.
  static func steady(_ perSecond: Double = 5, seconds: Int64 = 60) -> RunReading {
    var run = SyntheticRun(seed: 20_260_401)
    let mix: [(String, Language)] = [
      ("py-primes", .python), ("py-primes", .python), ("cpp-sort", .cpp), ("js-words", .javascript),
      ("java-graph", .java),
    ]
    let warmUp: Int64 = 10_000_000_000
    let end = warmUp + seconds * 1_000_000_000
    var time = 0.0
    while true {
      time += -log(1 - Double.random(in: 0..<1, using: &run.random)) / perSecond
      let due = Int64(time * 1e9)
      guard due < end else { break }
      let (entry, language) = mix[Int.random(in: 0..<mix.count, using: &run.random)]
      let isCold = due < 1_200_000_000 || Double.random(in: 0..<1, using: &run.random) < 0.04
      run.add(entry, language, phase: due < warmUp ? "warm-up" : "steady", at: due, cold: isCold)
    }
    run.spoil()
    var info = run.info(
      "steady", "A Poisson mix of four languages at 5/s for a minute, after ten seconds of warm-up.",
      phases: [
        PhaseInfo(
          name: "warm-up", kind: "constant", start: 0, duration: warmUp,
          scheduled: run.records.count { $0.phase == "warm-up" }, recorded: false),
        PhaseInfo(
          name: "steady", kind: "constant", start: warmUp, duration: end - warmUp,
          scheduled: run.records.count { $0.phase == "steady" }, recorded: true),
      ])
    info.thresholds = [
      "p95(e2e){phase=steady} < 2s", "p99(queue_wait){phase=steady, language=python} < 500ms",
      "rate(succeeded) > 99.9%", "rate(cold){phase=steady} < 10%", "cost_per_execution < $0.0001",
    ]
    info.sloMilliseconds = 2_000
    info.executionsPerMonth = 10_000
    info.environment.governor = "performance"
    info.environment.revision = "0123456789abcdef0123456789abcdef01234567"
    return RunReading(info: info, records: run.records, samples: samples(of: info))
  }

  /// A calm machine with a busy stretch; what was due and sent is as even as the plan.
  private static func samples(of info: RunInfo) -> [ValiditySample] {
    (0..<Int(info.durationSeconds)).map { second in
      var sample = ValiditySample(second: second)
      (sample.planned, sample.sent, sample.inFlight) = (5, 5, second % 4)
      sample.latenessMaximum = 90_000 + Int64(second % 7) * 20_000
      (sample.hostIdle, sample.steal) = (second / 10 == 3 ? 0.31 : 0.55, 0.0002)
      sample.tickerLateness = second == 33 ? 22_000_000 : 180_000
      sample.loops = [.init(cpuShare: 0.02, waitingShare: 0.003)]
      return sample
    }
  }

  /// The steady run, stopped by a signal after 20 s.
  static func interrupted() -> RunReading {
    var reading = steady()
    reading.records.removeAll { $0.endedAt > 20_000_000_000 }
    reading.info.scheduled = reading.records.count
    reading.info.partial = true
    reading.info.ending = .interrupted
    reading.info.endReason = "interrupted (SIGINT)"
    reading.info.durationSeconds = 20
    return reading
  }

  /// The smoke run, in which everything that others can write is an attack on the page.
  static func hostile() -> RunReading {
    var reading = smoke()
    let attack =
      "</pre></script><script>alert('x')</script><img src=http://evil.example/x onerror=\"a\">&amp;\u{1b}[31m\u{202e}\0]]>"
    reading.info.scenario = "a<b>\"'&"
    reading.info.description = attack
    reading.info.target = "http://h/?a=1&b=<c>"
    reading.info.effectiveScenario = attack
    reading.info.endReason = attack
    reading.info.thresholds = ["rate(succeeded) < 1%", attack]
    for index in reading.records.indices {
      reading.records[index].entry = "e\(index % 3)\(attack)"
      guard index % 3 == 0 else { continue }
      reading.records[index].outcome = .wrongResult
      reading.records[index].reason = "stdout differs \(attack)"
      reading.records[index].excerpt = attack + String(repeating: "A", count: 10_000)
      reading.records[index].jobId = attack
    }
    return reading
  }

  /// The steady run against a platform that tells nothing but results.
  static func silent() -> RunReading {
    var reading = steady()
    for index in reading.records.indices { reading.records[index].timings = nil }
    return reading
  }

  /// A run that ended before its first job.
  static func empty() -> RunReading {
    var reading = smoke()
    reading.records = []
    reading.info.partial = true
    reading.info.ending = .unreachable
    reading.info.endReason = "the target could not be reached"
    reading.info.generator = nil
    return reading
  }

  /// The first job of the smoke run, and no other.
  static func single() -> RunReading {
    var reading = smoke()
    reading.records.removeLast(reading.records.count - 1)
    return reading
  }

  /// The steady run against a platform on which nothing works.
  static func allFailed() -> RunReading {
    var reading = steady()
    for index in reading.records.indices {
      reading.records[index].outcome = .failed
      (reading.records[index].state, reading.records[index].errorType) = (.failed, .internalError)
      reading.records[index].reason = "the platform failed (internal_error)"
    }
    return reading
  }

  // MARK: Parts

  private mutating func spread(_ median: Double, _ sigma: Double) -> Double {
    let (u, v) = (Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random))
    return median * exp(sigma * (-2 * log(1 - u)).squareRoot() * cos(2 * .pi * v))
  }

  /// Adds a job and returns when it ended.
  @discardableResult
  private mutating func add(
    _ entry: String, _ language: Language, phase: String, at t0: Int64, cold: Bool = false, running: Double? = nil
  ) -> Int64 {
    let profile = Self.profiles[language] ?? Profile(compile: 0, run: 10, cold: 100)
    let lateness = Int64(spread(90_000, 0.6))
    let t1 = t0 + lateness
    func microseconds(_ milliseconds: Double) -> Int64 { Int64(milliseconds * 1_000) }
    var timings = JobTimings()
    let s0 = Self.origin + t1 / 1_000 + microseconds(spread(0.35, 0.3))
    let s1 = s0 + microseconds(spread(0.6, 0.3))
    let s2 = s1 + microseconds(spread(cold ? 2.4 : 0.9, 0.7))
    let s3 = s2 + (cold ? microseconds(spread(profile.cold, 0.2)) : 0)
    let s4 = s3 + microseconds(spread(profile.compile, 0.12))
    let s5 = s4 + microseconds(running ?? spread(profile.run, 0.45))
    let s6 = s5 + microseconds(spread(1.1, 0.4))
    (timings.s0, timings.s1, timings.s2, timings.s3) = (s0, s1, s2, s3)
    (timings.s4, timings.s5, timings.s6) = (s4, s5, s6)
    timings.coldStart = cold
    timings.start = cold ? .cold : .prewarmed
    if cold { environments += 1 }
    timings.environmentId = "env-\(language.rawValue)-\(environments % 6)"
    timings.attempt = 1
    timings.billedMs = Int((Double(s5 - s2) / 1_000 + 1).rounded(.up))
    timings.memoryMB = 512
    let t6 = (s6 - Self.origin) * 1_000 + Int64(spread(400_000, 0.3))
    let t7 = t6 + Int64(spread(60_000, 0.3))
    var job = JobRecord(
      index: records.count, phase: phase, recorded: phase != "warm-up", entry: entry, language: language,
      outcome: .succeeded, t0: t0, endedAt: t7)
    (job.t1, job.t2, job.t3, job.t4) = (t1, t1 + 40_000, t1 + 90_000, t1 + 1_600_000)
    (job.t5, job.t6, job.t7) = (nil, t6, t7)
    job.jobId = "00000000-0000-4000-8000-\(String(100_000_000_000 + records.count))"
    (job.state, job.httpStatus, job.polls, job.timings) = (.completed, 202, 1, timings)
    job.bytes = 900
    records.append(job)
    return t7
  }

  private mutating func expectFailure(_ error: ErrorType) {
    records[records.count - 1].state = .failed
    records[records.count - 1].errorType = error
  }

  /// Three jobs that do what nobody expected.
  private mutating func spoil() {
    let recorded = records.indices.filter { records[$0].recorded }
    let (wrong, failed, stuck) = (recorded[40], recorded[150], recorded[220])
    records[wrong].outcome = .wrongResult
    records[wrong].reason = "standard output differs from what the scenario expects"
    records[wrong].excerpt = "2 3 5 7 11 13 17 19 23\nTraceback (most recent call last):\n  File \"main.py\", line 9"
    records[failed].outcome = .failed
    records[failed].state = .failed
    records[failed].errorType = .internalError
    records[failed].reason = "the platform failed (internal_error)"
    records[failed].excerpt = "Internal error: the environment ended before it answered, attempt 3 of 3"
    records[stuck].outcome = .timedOut
    records[stuck].state = .running
    records[stuck].reason = "no result at the job's deadline"
    (records[stuck].t6, records[stuck].t7) = (nil, nil)
    records[stuck].endedAt = records[stuck].t0 + 30_000_000_000
    records[stuck].timings?.s6 = nil
    records[stuck].timings?.billedMs = nil
  }

  private func info(_ name: String, _ description: String, phases: [PhaseInfo]) -> RunInfo {
    var info = RunInfo(
      id: "20261124-141746-\(name)-7f3a", scenario: name, description: description,
      effectiveScenario: "version: 1\nname: \(name)\ndescription: \(description)\nseed: 1\ntarget: local\n",
      command: ["rce-bench", "run", "scenarios/\(name).yaml", "--set", "limits.drain=30s"], seed: 1,
      target: "http://127.0.0.1:8080", sameMachine: true, startedAt: Self.startedAt, phases: phases,
      scheduled: records.count,
      environment: RunEnvironment(
        host: "bench-1", cpu: "AMD EPYC 7B13", cores: 2, memoryBytes: 25_208_000_512, kernel: "6.1.0-28-amd64",
        system: "Debian GNU/Linux 12", versions: ["rce-bench": "0.1.0", "libcurl": "7.88.1", "swift": "6.3.1"]),
      thresholds: [])
    info.partial = false
    info.ending = .completed
    info.durationSeconds = Double(records.map(\.endedAt).max() ?? 0) / 1e9
    info.generator = GeneratorHealth(
      loopCPUShare: 0.021, hostIdleMinimum: 0.08, hostIdleMean: 0.54, runQueueDelayShare: 0.0034, stealShare: 0.0002,
      stalledWindows: 0, windows: Int(info.durationSeconds), maximumInFlight: 6, meanInFlight: nil,
      residentBytes: 41_000_000)
    return info
  }
}
