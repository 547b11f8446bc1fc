import Jobs
import RunRecords
import Testing

@Suite struct ValidityTests {
  private func check(_ name: String, of reading: RunReading) -> ValidityCheck? {
    Validity(reading).checks.first { $0.name == name }
  }

  private func healthy() -> GeneratorHealth {
    GeneratorHealth(
      loopCPUShare: 0.1, hostIdleMinimum: 0.3, hostIdleMean: 0.6, runQueueDelayShare: 0.001, stealShare: 0,
      stalledWindows: 0, windows: 60, maximumInFlight: 3, meanInFlight: nil, residentBytes: 40 << 20)
  }

  @Test("a punctual, complete, quiet run is VALID, and still says that it shared the machine")
  func valid() {
    var reading = MadeRuns.steady(1_200)
    reading.info.generator = healthy()
    let validity = Validity(reading)
    #expect(validity.verdict == .valid)
    #expect(validity.concerns.isEmpty)
    #expect(check("Separate machines", of: reading)?.level == .noted)
  }

  @Test(
    "lateness of a large run is judged by its percentile",
    arguments: [(100_000, .ok), (2_000_000, .suspect), (12_000_000, .invalid)] as [(Int64, ValidityLevel)])
  func lateness(tail: Int64, level: ValidityLevel) {
    let reading = MadeRuns.steady(2_000) { $0 % 50 == 0 ? tail : 50_000 }
    #expect(check("Lateness p99", of: reading)?.level == level)
  }

  @Test(
    "lateness of a small run is judged by counts, and one late job is no alarm",
    arguments: [(0, .ok), (1, .ok), (2, .suspect), (4, .suspect)] as [(Int, ValidityLevel)])
  func latenessOfFew(late: Int, level: ValidityLevel) throws {
    let reading = MadeRuns.steady(30) { $0 < late ? 3_000_000 : 50_000 }
    let check = try #require(Validity(reading).checks.first { $0.name == "Lateness p99" })
    #expect(check.level == level)
    #expect(check.sentence.contains("\(late) of 30 jobs"))
    #expect(check.sentence.contains("p99 itself needs 1,000 jobs"))
  }

  /// Bursts of so many jobs every ten seconds, each sent so long after the one before it.
  private func bursts(of count: Int, each nanoseconds: Int64) -> RunReading {
    var info = MadeRuns.info(scheduled: 6 * count)
    (info.partial, info.ending, info.phases[0].kind) = (false, .completed, "burst")
    let jobs = (0..<(6 * count)).map { index in
      MadeRuns.job(
        index, t0: Int64(index / count) * 10_000_000_000, lateness: 50_000 + Int64(index % count) * nanoseconds)
    }
    return RunReading(info: info, records: jobs)
  }

  @Test("a burst that is sent as fast as a core can is no fault, and how long it took is said")
  func burst() throws {
    let reading = bursts(of: 300, each: 150_000)
    #expect(Validity(reading).verdict == .valid)
    #expect(check("Offered rate, steady", of: reading)?.level == .ok)
    let spread = try #require(Validity(reading).checks.first { $0.key == "burst_spread{phase=steady}" })
    #expect(spread.level == .noted && spread.measured == "44.9 ms")
    #expect(spread.sentence.hasPrefix("300 jobs were due at one instant, and the last was sent 44.9 ms after it"))
  }

  @Test("a burst that the generator cannot send, or that waits for room under a cap, is INVALID")
  func slowBurst() {
    #expect(Validity(bursts(of: 300, each: 2_000_000)).verdict == .invalid)
    var capped = bursts(of: 300, each: 50_000)
    for index in capped.records.indices where index % 300 >= 250 {
      capped.records[index].t1? += 1_000_000_000
    }
    #expect(Validity(capped).verdict == .invalid)
  }

  @Test("jobs that only come one after the other have no turn to wait for")
  func noBurst() {
    let reading = MadeRuns.steady(2_000) { $0 % 50 == 0 ? 2_000_000 : 50_000 }
    #expect(!Validity(reading).checks.contains { $0.key.hasPrefix("burst_spread") })
    #expect(check("Lateness p99", of: reading)?.sentence.hasSuffix("after they were due.") == true)
  }

  @Test("a small run whose jobs are mostly late is INVALID")
  func latenessOfFewInvalid() {
    #expect(Validity(MadeRuns.steady(30) { _ in 200_000_000 }).verdict == .invalid)
  }

  @Test(
    "jobs that were not sent show in the offered rate",
    arguments: [(0, .ok), (8, .suspect), (40, .invalid)]
      as [(Int, ValidityLevel)])
  func offered(unsent: Int, level: ValidityLevel) {
    var reading = MadeRuns.steady(1_000)
    for index in 0..<unsent {
      reading.records[index * 20].t1 = nil
      reading.records[index * 20].outcome = .dropped
    }
    #expect(check("Offered rate, steady", of: reading)?.level == level)
    #expect(check("Dropped jobs", of: reading)?.level == level)
    reading.info.dropsAllowed = true
    #expect(check("Dropped jobs", of: reading)?.level == .ok)
  }

  @Test("a job too many or too few breaks the balance")
  func balance() {
    var reading = MadeRuns.steady(100)
    #expect(check("Outcomes balance", of: reading)?.level == .ok)
    reading.records.append(reading.records[3])
    #expect(check("Outcomes balance", of: reading)?.level == .invalid)
    reading.records.removeLast(2)
    #expect(check("Outcomes balance", of: reading)?.level == .invalid)
  }

  @Test(
    "Little's law compares the counted jobs in flight with the records",
    arguments: [(1.0, .ok), (1.05, .suspect), (1.5, .invalid)] as [(Double, ValidityLevel)])
  func little(factor: Double, level: ValidityLevel) {
    var reading = MadeRuns.steady(1_200)
    var health = healthy()
    // 1200 jobs of 28.5 ms in 60 s.
    health.meanInFlight = 0.57 * factor
    reading.info.generator = health
    #expect(check("Little's law", of: reading)?.level == level)
  }

  @Test(
    "the generator's own core has a limit",
    arguments: [(0.5, .ok), (0.8, .suspect), (0.97, .invalid)]
      as [(Double, ValidityLevel)])
  func core(share: Double, level: ValidityLevel) {
    var reading = MadeRuns.steady(100)
    var health = healthy()
    health.loopCPUShare = share
    reading.info.generator = health
    #expect(check("Generator CPU", of: reading)?.level == level)
  }

  @Test("a busy host, waiting, theft and stalls are suspect and say how much")
  func busy() {
    var reading = MadeRuns.steady(100)
    var health = healthy()
    (health.hostIdleMean, health.runQueueDelayShare, health.stealShare, health.stalledWindows) = (0.1, 0.02, 0.01, 1)
    reading.info.generator = health
    for name in ["Host idle", "Run-queue delay", "Steal time", "Stalled seconds"] {
      #expect(check(name, of: reading)?.level == .suspect, "\(name)")
    }
    #expect(check("Run-queue delay", of: reading)?.sentence.contains("2 %") == true)
    reading.info.generator?.stalledWindows = 6
    #expect(check("Stalled seconds", of: reading)?.level == .invalid)
    reading.info.generator = nil
    #expect(check("Generator's health", of: reading)?.level == .notMeasured)
  }

  @Test("a constant phase that gets slower is not steady")
  func trend() {
    var reading = MadeRuns.steady(600)
    #expect(check("Steady, steady", of: reading)?.level == .ok)
    for index in reading.records.indices { reading.records[index].t7? += Int64(index) * 100_000 }
    let slower = check("Steady, steady", of: reading)
    #expect(slower?.level == .suspect)
    #expect(slower?.sentence.contains("no claim about capacity") == true)
  }

  @Test("no recorded job is no measurement")
  func empty() {
    #expect(Validity(RunReading(info: MadeRuns.info(scheduled: 0), records: [])).verdict == .invalid)
  }
}
