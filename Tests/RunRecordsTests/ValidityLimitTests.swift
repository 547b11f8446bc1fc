import RunRecords
import Testing

/// Each limit of a check from both sides: a value at the limit is within it, the next one is not.
@Suite struct ValidityLimitTests {
  private func level(_ key: String, of reading: RunReading) -> ValidityLevel? {
    Validity(reading).checks.first { $0.key == key }?.level
  }

  /// A run of a minute with a sample for each second.
  private func watched(_ change: (inout ValiditySample) -> Void) -> RunReading {
    var reading = MadeRuns.steady(1_200)
    reading.samples = (0..<60).map { second in
      var sample = ValiditySample(second: second)
      (sample.hostIdle, sample.steal, sample.tickerLateness) = (0.6, 0, 200_000)
      sample.loops = [.init(cpuShare: 0.1, waitingShare: 0), .init(cpuShare: 0.2, waitingShare: 0.001)]
      change(&sample)
      return sample
    }
    return reading
  }

  @Test(
    "lateness p99, in nanoseconds",
    arguments: [(1_000_000, .ok), (1_000_001, .suspect), (10_000_000, .suspect), (10_000_001, .invalid)]
      as [(Int64, ValidityLevel)])
  func lateness99(tail: Int64, level: ValidityLevel) {
    let reading = MadeRuns.steady(2_000) { $0 % 50 == 0 ? tail : 0 }
    #expect(self.level("lateness_p99", of: reading) == level)
  }

  @Test(
    "lateness p99 of jobs of a second each may be 2 % of that",
    arguments: [(20_000_000, .suspect), (20_000_001, .invalid)] as [(Int64, ValidityLevel)])
  func latenessOfLongJobs(tail: Int64, level: ValidityLevel) {
    var reading = MadeRuns.steady(2_000) { $0 % 50 == 0 ? tail : 0 }
    for index in reading.records.indices { reading.records[index].t7 = reading.records[index].t0 + 1_000_000_000 }
    #expect(self.level("lateness_p99", of: reading) == level)
  }

  @Test(
    "lateness p99.9, in nanoseconds",
    arguments: [(5_000_000, .ok), (5_000_001, .suspect), (50_000_000, .suspect), (50_000_001, .invalid)]
      as [(Int64, ValidityLevel)])
  func lateness999(tail: Int64, level: ValidityLevel) {
    let reading = MadeRuns.steady(10_000) { $0 % 500 == 0 ? tail : 0 }
    #expect(self.level("lateness_p99.9", of: reading) == level)
  }

  @Test(
    "jobs of 1,000 that were not sent",
    arguments: [(5, .ok), (6, .suspect), (20, .suspect), (21, .invalid)] as [(Int, ValidityLevel)])
  func unsent(count: Int, level: ValidityLevel) {
    var reading = MadeRuns.steady(1_000) { _ in 0 }
    for index in 0..<count {
      (reading.records[index].t1, reading.records[index].outcome) = (nil, .timedOut)
    }
    #expect(self.level("offered_rate{phase=steady}", of: reading) == level)
  }

  @Test(
    "the last job of a minute sent so much late",
    arguments: [(300, .ok), (310, .suspect), (1_220, .suspect), (1_230, .invalid)] as [(Int64, ValidityLevel)])
  func stretched(milliseconds: Int64, level: ValidityLevel) {
    let reading = MadeRuns.steady(1_000) { $0 == 999 ? milliseconds * 1_000_000 : 0 }
    #expect(self.level("offered_rate{phase=steady}", of: reading) == level)
  }

  @Test(
    "dropped jobs of 10,000, surprising enough to be more than the limit",
    arguments: [(0, .ok), (15, .ok), (16, .suspect), (120, .suspect), (130, .invalid)] as [(Int, ValidityLevel)])
  func dropped(count: Int, level: ValidityLevel) {
    var reading = MadeRuns.steady(10_000)
    for index in 0..<count { (reading.records[index].t1, reading.records[index].outcome) = (nil, .dropped) }
    #expect(self.level("dropped_jobs", of: reading) == level)
  }

  @Test("jobs that the scenario wants dropped spoil neither the share nor the rate that was offered")
  func droppedAsAsked() {
    var reading = MadeRuns.steady(1_000)
    for index in 0..<300 { (reading.records[index].t1, reading.records[index].outcome) = (nil, .dropped) }
    #expect(level("offered_rate{phase=steady}", of: reading) == .invalid)
    reading.info.dropsAllowed = true
    #expect(level("offered_rate{phase=steady}", of: reading) == .ok)
    #expect(level("dropped_jobs", of: reading) == .ok)
  }

  @Test(
    "Little's law, counted against 0.57 jobs expected",
    arguments: [(0.97, .suspect), (0.981, .ok), (1.019, .ok), (1.021, .suspect), (1.099, .suspect), (1.101, .invalid)]
      as [(Double, ValidityLevel)])
  func little(factor: Double, level: ValidityLevel) {
    var reading = MadeRuns.steady(1_200)
    reading.info.generator = GeneratorHealth(
      loopCPUShare: 0.1, hostIdleMinimum: 0.3, hostIdleMean: 0.6, runQueueDelayShare: 0.001, stealShare: 0,
      stalledWindows: 0, windows: 60, maximumInFlight: 3, meanInFlight: 0.57 * factor, residentBytes: 40 << 20)
    #expect(self.level("littles_law", of: reading) == level)
  }

  @Test("Little's law is checked on small runs too")
  func littleOfFew() {
    var reading = MadeRuns.steady(12)
    reading.info.generator = GeneratorHealth(
      loopCPUShare: 0.1, hostIdleMinimum: nil, hostIdleMean: nil, runQueueDelayShare: nil, stealShare: nil,
      stalledWindows: 0, windows: 60, maximumInFlight: 1, meanInFlight: 0.0057, residentBytes: 40 << 20)
    #expect(level("littles_law", of: reading) == .ok)
    reading.info.generator?.meanInFlight = 0.007
    #expect(level("littles_law", of: reading) == .invalid)
  }

  @Test(
    "the busiest loop's processor",
    arguments: [(0.7, .ok), (0.701, .suspect), (0.95, .suspect), (0.951, .invalid)] as [(Double, ValidityLevel)])
  func processor(share: Double, level: ValidityLevel) {
    // Ten seconds of one loop are enough, however idle the rest was.
    let reading = watched { if (20..<30).contains($0.second) { $0.loops[1].cpuShare = share } }
    let least = self.level("generator_cpu", of: reading)
    #expect(least == level)
  }

  @Test(
    "run-queue delay of the loop that waited longest",
    arguments: [(0.01, .ok), (0.0101, .suspect), (0.1, .suspect), (0.101, .invalid)] as [(Double, ValidityLevel)])
  func runQueue(share: Double, level: ValidityLevel) {
    let reading = watched { $0.loops[0].waitingShare = share }
    #expect(self.level("run_queue_delay", of: reading) == level)
  }

  @Test(
    "idle time of the machine, which is never INVALID by itself",
    arguments: [(0.2, .ok), (0.199, .suspect), (0, .suspect)] as [(Double, ValidityLevel)])
  func idle(share: Double, level: ValidityLevel) {
    let reading = watched { $0.hostIdle = share }
    #expect(self.level("host_idle", of: reading) == level)
  }

  @Test(
    "steal time",
    arguments: [(0.005, .ok), (0.0051, .suspect), (0.05, .suspect), (0.051, .invalid)] as [(Double, ValidityLevel)])
  func steal(share: Double, level: ValidityLevel) {
    let reading = watched { $0.steal = share }
    #expect(self.level("steal", of: reading) == level)
  }

  @Test(
    "seconds of sixty with a ticker later than 100 ms",
    arguments: [(0, .ok), (1, .suspect), (3, .suspect), (4, .invalid)] as [(Int, ValidityLevel)])
  func stalled(seconds: Int, level: ValidityLevel) {
    let reading = watched { $0.tickerLateness = $0.second < seconds ? 100_000_001 : 100_000_000 }
    #expect(self.level("stalled_seconds", of: reading) == level)
  }

  @Test("seconds of a warm-up phase do not count")
  func warmUp() {
    var reading = watched { if $0.second < 30 { ($0.steal, $0.hostIdle, $0.tickerLateness) = (0.9, 0, 1 << 40) } }
    #expect(level("steal", of: reading) == .invalid)
    let half: Int64 = 30_000_000_000
    reading.info.phases[0].start = half
    reading.info.phases[0].duration = half
    let warmUp = PhaseInfo(
      name: "warm-up", kind: "constant", start: 0, duration: half, scheduled: 0, recorded: false)
    reading.info.phases.insert(warmUp, at: 0)
    for key in ["steal", "host_idle", "stalled_seconds"] { #expect(level(key, of: reading) == .ok, "\(key)") }
  }

  @Test(
    "end-to-end time that grows evenly over the phase",
    arguments: [(0.05, .ok), (0.055, .suspect), (-0.05, .suspect)] as [(Double, ValidityLevel)])
  func trend(growth: Double, level: ValidityLevel) {
    var reading = MadeRuns.steady(1_200) { _ in 0 }
    for index in reading.records.indices {
      let share = 1 + growth * Double(index) / 1_200
      reading.records[index].t7 = reading.records[index].t0 + Int64(100_000_000 * share)
    }
    #expect(self.level("steady{phase=steady}", of: reading) == level)
  }

  @Test("too few jobs for a trend are said to be too few")
  func trendOfFew() {
    #expect(level("steady{phase=steady}", of: MadeRuns.steady(20)) == .notMeasured)
  }

  @Test("a stopped run has to balance like any other; a killed one has no last word")
  func balance() {
    var reading = MadeRuns.steady(100)
    reading.info.partial = true
    reading.info.ending = .interrupted
    #expect(level("outcomes_balance", of: reading) == .ok)
    reading.records.removeLast()
    #expect(level("outcomes_balance", of: reading) == .invalid)
    reading.info.ending = nil
    #expect(level("outcomes_balance", of: reading) == .noted)
    reading.records.append(reading.records[0])
    #expect(level("outcomes_balance", of: reading) == .invalid)
  }

  @Test("the records have to agree with the generator's own count, outcome by outcome")
  func counts() {
    var reading = MadeRuns.steady(100)
    reading.info.outcomes = ["succeeded": 100]
    #expect(level("outcomes_balance", of: reading) == .ok)
    reading.info.outcomes = ["succeeded": 99, "lost": 1]
    #expect(level("outcomes_balance", of: reading) == .invalid)
  }

  @Test("each check says its value, its limits and its key")
  func keys() throws {
    let checks = Validity(watched { _ in }).checks
    #expect(Set(checks.map(\.key)).count == checks.count)
    let lateness = try #require(checks.first { $0.key == "lateness_p99" })
    #expect(lateness.value == 0.1)
    #expect(lateness.limits == ValidityLimit(.milliseconds, suspect: 1, invalid: 10))
  }

  @Test("a value that is no number is beyond every limit")
  func notANumber() {
    #expect(ValidityLimit(.share, suspect: 0.1, invalid: 0.2).level(of: .nan) == .invalid)
    #expect(ValidityLimit(.share, suspect: 0.2, isFloor: true).level(of: .nan) == .suspect)
  }
}
