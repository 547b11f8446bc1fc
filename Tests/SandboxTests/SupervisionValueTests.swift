import HostSystem
import Sandbox
import Testing

@Suite("What the supervisor decides, without a clock and without a process")
struct SupervisionValueTests {
  private static let limits = SandboxLimits(
    wall: .milliseconds(1_000), cpu: .milliseconds(600), memoryBytes: 1 << 20, outputBytes: 10, processes: 4,
    fileBytes: 1)

  private static func instant(_ milliseconds: Double) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: Int64(milliseconds * 1_000_000))
  }

  @Test(
    "the next check is the earliest instant at which a limit can be reached",
    arguments: [
      // now, CPU used, decision: 600 ms of CPU time on two processors last 300 ms at least
      (0, 0, .wait(until: instant(300))),
      (300, 200, .wait(until: instant(500))),
      // the wall-clock limit comes first
      (900, 100, .wait(until: instant(1_000))),
      // never finer than a millisecond
      (500, 599.9, .wait(until: instant(501))),
      (500, 600, .stop(.cpu)),
      (1_000, 0, .stop(.wall)),
      (1_000, 700, .stop(.wall)),
    ] as [(Double, Double, TimeWatch.Decision)])
  func timeWatch(now: Double, cpu: Double, decision: TimeWatch.Decision) {
    let watch = TimeWatch(start: Self.instant(0), limits: Self.limits, processors: 2)
    #expect(watch.decide(at: Self.instant(now), cpuUsed: Int64(cpu * 1_000_000)) == decision)
  }

  @Test("the budget admits exactly its bytes, and notices the first one too many")
  func outputBudget() {
    var budget = OutputBudget(10)
    #expect(budget.readSize == 11)
    #expect(budget.admit(10) == 10)
    #expect(!budget.isExceeded)
    #expect(budget.readSize == 1)
    #expect(budget.admit(1) == 0)
    #expect(budget.isExceeded)
  }

  @Test("no read takes more than a buffer, however large the budget")
  func readSize() {
    #expect(OutputBudget(1 << 30).readSize == 65_536)
  }

  @Test("reports are understood in any pieces")
  func reports() {
    // kind ENDED, value, instant, CPU time, peak memory (rce_init.h)
    let bytes = Self.bytes(of: [Int32(2), 11]) + Self.bytes(of: [Int64(5), 6, 7])
    var reports = InitReports()
    reports.receiveReport(bytes.prefix(3))
    #expect(reports.ended == nil)
    reports.receiveReport(bytes.dropFirst(3) + bytes)
    #expect(reports.ended?.end == .signalled(11))
    #expect(reports.ended?.peakMemoryBytes == 7)
    #expect(reports.started == nil)
  }

  private static func bytes(of numbers: [some FixedWidthInteger]) -> [UInt8] {
    numbers.withUnsafeBytes { [UInt8]($0) }
  }

  @Test("the first process is known once its number is complete")
  func firstProcess() {
    var reports = InitReports()
    reports.receiveInfo("{\n    \"child-pid\": 12".utf8)
    #expect(reports.firstProcess == nil)
    reports.receiveInfo("34,\n    \"net-namespace\": 4026532".utf8)
    #expect(reports.firstProcess == 1_234)
  }

  @Test(
    "a parent is found behind any process name",
    arguments: [("12 (sh) S 34 12 12", 34), ("12 (a) b (c) R 56 1 1", 56), ("12 (sh", nil)] as [(String, Int32?)])
  func parent(stat: String, parent: Int32?) {
    #expect(FirstProcess.parent(stat) == parent)
  }

  private static func facts(
    end: ProcessEnd? = .exited(0), cpu: Double = 1, wall: Double = 1, kills: Int = 0, refused: Int = 0,
    output: Bool = false
  ) -> RunFacts {
    RunFacts(
      start: instant(0), finish: instant(wall), end: end, cpu: Int64(cpu * 1_000_000), peakMemoryBytes: 0,
      memoryKills: kills, refusedProcesses: refused, outputExceeded: output)
  }

  @Test(
    "a limit is named by the figures: what is proved comes before what a clock says",
    arguments: [
      (facts(), nil),
      (facts(end: .exited(1)), nil),
      (facts(end: nil, cpu: 600, wall: 700), .cpu),
      (facts(end: nil, cpu: 10, wall: 1_000), .wall),
      // it ended by itself, but too late: the same verdict whoever noticed first
      (facts(cpu: 600), .cpu),
      (facts(end: .signalled(9), kills: 1), .memory),
      (facts(end: nil, cpu: 700, wall: 2_000, kills: 1), .memory),
      (facts(output: true), .output),
      (facts(end: .signalled(25)), .file),
      (facts(refused: 3), nil),
      (facts(end: .exited(1), refused: 3), .processes),
      (facts(end: nil, wall: 2_000, refused: 3), .processes),
    ] as [(RunFacts, SandboxLimit?)])
  func exceeded(facts: RunFacts, limit: SandboxLimit?) {
    #expect(facts.exceeded(Self.limits) == limit)
  }

  @Test("the kernel's own limit counts CPU time in ticks, and may be a few of them early")
  func ownLimit() {
    #expect(Self.facts(end: .signalled(24), cpu: 590).exceeded(Self.limits) == .cpu)
    #expect(Self.facts(end: .signalled(24), cpu: 1).exceeded(Self.limits) == nil)
    #expect(Self.facts(end: .exited(0), cpu: 590).exceeded(Self.limits) == nil)
  }

  @Test("a process is read from its two files, whatever its name")
  func processReading() {
    let stat = "77 (a) b c) S 1 77 77 0 -1 4194560 100 0 0 0 5 6 7 8 20 0 3 0 100 1000000 200 1"
    let statm = "9000 500 120 1 0 300 0\n"
    #expect(
      Self.reading(stat, statm, clock: nil) == ProcessReading(cpu: 260_000_000, memoryBytes: 380 * 4_096, threads: 3))
    #expect(Self.reading("77 (x", "1 2 3", clock: nil) == nil)
    #expect(Self.reading(stat, "", clock: nil) == nil)
  }

  @Test("what a process takes itself is counted by its clock, and what its children took by ticks")
  func cpuClock() {
    let stat = "77 (a) S 1 77 77 0 -1 4194560 100 0 0 0 5 6 7 8 20 0 3 0 100 1000000 200 1"
    #expect(Self.reading(stat, "9000 500 120 1 0 300 0\n", clock: 119_999_999)?.cpu == 269_999_999)
  }

  private static func reading(_ stat: String, _ statm: String, clock: Int64?) -> ProcessReading? {
    ProcessReading(stat: stat, statm: statm, clock: clock, ticksPerSecond: 100, pageSize: 4_096)
  }

  @Test("a tree above a limit is noticed, and its peaks are kept")
  func treeWatch() {
    var watch = TreeWatch(Self.limits)
    watch.note(ProcessReading(cpu: 50, memoryBytes: 1 << 20, threads: 4))
    #expect(watch.exceeded == nil)
    watch.note(ProcessReading(cpu: 20, memoryBytes: 1 << 10, threads: 5))
    #expect(watch.exceeded == .processes)
    watch.note(ProcessReading(cpu: 60, memoryBytes: 2 << 20, threads: 1))
    #expect(watch.exceeded == .processes)
    #expect(watch.peakMemoryBytes == 2 << 20)
    #expect(watch.cpu == 60)
  }

  @Test("a tree is read again after a while or when a limit can be reached, and not for each line that is printed")
  func treeReadings() {
    var watch = TreeWatch(Self.limits)
    #expect(watch.isDue(at: Self.instant(0)))
    #expect(watch.wait(until: Self.instant(500), at: Self.instant(0)) == Self.instant(10))
    #expect(!watch.isDue(at: Self.instant(9)))
    #expect(watch.wait(until: Self.instant(500), at: Self.instant(9)) == Self.instant(10))
    #expect(watch.isDue(at: Self.instant(10)))
    #expect(watch.wait(until: Self.instant(13), at: Self.instant(10)) == Self.instant(13))
  }

  @Test("a killed sandbox counts as killed by signal 9")
  func killed() {
    let outcome = Self.facts(end: nil, wall: 2_000).outcome(Self.limits, stdout: [1], stderr: [])
    #expect(outcome.end == .signalled(9))
    #expect(outcome.wall == .milliseconds(2_000))
    #expect(outcome.stdout == [1])
  }
}
