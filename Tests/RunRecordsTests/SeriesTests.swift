import Jobs
import RunRecords
import Statistics
import Testing

@Suite struct SeriesTests {
  private let clock = RunClock(MadeRuns.info(scheduled: 1))

  @Test(
    "each series is the difference of its two instants",
    arguments: [
      (.e2e, 29.5), (.service, 28.5), (.lateness, 1), (.submit, 4), (.queueWait, 3), (.coldStart, nil), (.compile, 0),
      (.run, 20), (.publish, 2), (.notice, 1), (.residual, 0.5),
    ] as [(Series, Double?)])
  func warm(series: Series, milliseconds: Double?) {
    let value = MadeRuns.job(0, t0: 5_000_000_000).value(of: series, on: clock)
    #expect(value.map { Double($0.nanoseconds) / 1e6 } == milliseconds)
  }

  @Test("only a job that waited for its environment has a cold start")
  func cold() {
    #expect(MadeRuns.cold(0, t0: 0).value(of: .coldStart, on: clock)?.nanoseconds == 200_000_000)
    #expect(MadeRuns.cold(0, t0: 0).waitedForEnvironment == true)
    #expect(MadeRuns.job(0, t0: 0).waitedForEnvironment == false)
    var undeclared = MadeRuns.cold(0, t0: 0)
    undeclared.timings?.coldStart = nil
    #expect(undeclared.waitedForEnvironment == true)
    undeclared.timings = nil
    #expect(undeclared.waitedForEnvironment == nil)
  }

  @Test("an unfinished job counts at its age, and is marked")
  func censored() {
    var job = MadeRuns.job(0, t0: 1_000_000_000)
    (job.t6, job.t7, job.outcome, job.endedAt) = (nil, nil, .timedOut, 11_000_000_000)
    #expect(job.value(of: .e2e, on: clock) == SeriesValue(nanoseconds: 10_000_000_000, isCensored: true))
    let sample = Sample(.e2e, of: [job, MadeRuns.job(1, t0: 0)], on: clock)
    #expect(sample.count == 2 && sample.censoredCount == 1)
  }

  @Test("a job that was refused or never sent has an outcome and no e2e", arguments: [JobOutcome.rejected, .dropped])
  func refused(outcome: JobOutcome) {
    var job = MadeRuns.job(0, t0: 0)
    (job.outcome, job.t7) = (outcome, nil)
    #expect(job.value(of: .e2e, on: clock) == nil)
  }

  @Test("the clock offset moves what lies between the machines and nothing else")
  func offset() {
    var info = MadeRuns.info(scheduled: 1)
    info.clockOffset = ClockOffset(microseconds: 400, errorBoundMicroseconds: 100)
    let moved = RunClock(info)
    let job = MadeRuns.job(0, t0: 0)
    #expect(job.value(of: .notice, on: moved)?.nanoseconds == 600_000)
    #expect(job.value(of: .queueWait, on: moved)?.nanoseconds == 3_000_000)
  }
}

@Suite struct DecompositionTests {
  private let clock = RunClock(MadeRuns.info(scheduled: 1))

  @Test(
    "the parts and the residual are e2e exactly, cold or warm, whatever the clocks say", arguments: [0, 900, -5_000])
  func partition(offset: Int64) throws {
    var info = MadeRuns.info(scheduled: 1)
    info.clockOffset = ClockOffset(microseconds: offset, errorBoundMicroseconds: 10)
    for job in [MadeRuns.job(0, t0: 7_000_000), MadeRuns.cold(1, t0: 0)] {
      let parts = try #require(Decomposition(job, on: RunClock(info)))
      #expect(Decomposition.Part.allCases.reduce(0) { $0 + parts[$1] } == parts.e2e)
      #expect(parts.e2e == job.value(of: .e2e, on: clock)?.nanoseconds)
      #expect(Decomposition.Part.allCases.dropLast().allSatisfy { parts[$0] >= 0 })
    }
  }

  @Test("submit ends where the queue has the message; reading the answer overlaps the wait")
  func submit() throws {
    let parts = try #require(Decomposition(MadeRuns.job(0, t0: 0), on: clock))
    #expect(parts[.submit] == 2_000_000)
    #expect(parts[.queueWait] == 3_000_000)
    #expect(parts[.residual] == 500_000)
    #expect(parts.addsUp)
  }

  @Test("a wrong clock shows in the residual")
  func wrongClock() throws {
    var info = MadeRuns.info(scheduled: 1)
    info.clockOffset = ClockOffset(microseconds: -20_000, errorBoundMicroseconds: 10)
    let parts = try #require(Decomposition(MadeRuns.job(0, t0: 0), on: RunClock(info)))
    #expect(!parts.addsUp)
    #expect(parts[.residual] < 0)
  }

  @Test("without platform instants there are no parts")
  func noInstants() {
    var job = MadeRuns.job(0, t0: 0)
    job.timings = nil
    #expect(Decomposition(job, on: clock) == nil)
  }
}

@Suite struct RunWindowTests {
  @Test("windows count each event in its own second and share stays between seconds")
  func windows() {
    var late = MadeRuns.job(1, t0: 1_990_000_000)
    late.outcome = .wrongResult
    let windows = RunWindow.all(of: [MadeRuns.job(0, t0: 0), late], sloMilliseconds: 20)
    #expect(windows.map(\.offered) == [1, 1, 0])
    #expect(windows.map(\.completed) == [1, 0, 1])
    #expect(windows.map(\.succeeded) == [1, 0, 0])
    #expect(windows.map(\.good) == [0, 0, 0])
    let inFlight = windows.reduce(0) { $0 + $1.inFlight }
    #expect(abs(inFlight - 0.057) < 1e-9)
    #expect(RunWindow.all(of: [], sloMilliseconds: nil).isEmpty)
  }
}

@Suite struct RunIDTests {
  @Test(
    "a run is named by its second, its scenario and four digits",
    arguments: [
      ("smoke", "20261124-141746-smoke-00ff"), ("../Etc: Ünsafe  name/", "20261124-141746-etc-nsafe-name-00ff"),
      ("", "20261124-141746-run-00ff"),
    ])
  func names(scenario: String, name: String) {
    #expect(RunID(scenario: scenario, startedAt: 1_795_529_866_123, suffix: 0xff).description == name)
  }

  @Test(
    "milliseconds become civil time",
    arguments: [
      (0, "1970-01-01 00:00:00 UTC"), (951_782_400_000, "2000-02-29 00:00:00 UTC"),
      (-1, "1969-12-31 23:59:59 UTC"), (4_102_444_799_999, "2099-12-31 23:59:59 UTC"),
    ] as [(Int64, String)])
  func civil(milliseconds: Int64, text: String) {
    #expect(CivilTime(millisecondsSince1970: milliseconds).description == text)
  }
}
