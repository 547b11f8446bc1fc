import Foundation
import GRDB
import Jobs
import RunRecords
import Testing

@Suite("Shards of a run")
struct RunMergeTests {
  private static let second: Int64 = 1_000_000_000

  /// A run of 1,200 jobs, some cold, with samples and the generator's own counts.
  private static func whole() -> RunReading {
    var reading = MadeRuns.steady(1_200) { Int64($0 % 7) * 40_000 }
    for index in stride(from: 0, to: 1_200, by: 29) {
      reading.records[index] = MadeRuns.cold(index, t0: reading.records[index].t0)
    }
    reading.info.durationSeconds = 60.5
    reading.info.outcomes = ["succeeded": 1_200]
    reading.info.generator = health(inFlight: 0.72)
    return reading
  }

  private static func health(inFlight: Double) -> GeneratorHealth {
    GeneratorHealth(
      loopCPUShare: 0.1, hostIdleMinimum: 0.5, hostIdleMean: 0.6, runQueueDelayShare: 0.001, stealShare: 0,
      stalledWindows: 0, windows: 60, maximumInFlight: 3, meanInFlight: inFlight, residentBytes: 1)
  }

  /// What each of so many generators would have stored of the whole, begun so many milliseconds later each.
  private static func shards(of whole: RunReading, _ count: Int, apart: Int64 = 0) -> [RunReading] {
    (1...count).map { number in
      var info = whole.info
      info.shard = ShardInfo(number, of: count)
      info.id += "-\(number)"
      info.startedAt += Int64(number - 1) * apart
      let records = whole.records.filter { $0.index % count == number - 1 }
      info.scheduled = records.count
      info.phases[0].scheduled = records.count
      info.outcomes = ["succeeded": records.count]
      info.generator = health(inFlight: 0.72 / Double(count))
      var sample = ValiditySample(second: 3)
      (sample.planned, sample.hostIdle, sample.steal) = (5, 0.5 + Double(number) / 10, Double(number) / 10_000)
      sample.loops = [.init(cpuShare: Double(number) / 100, waitingShare: 0)]
      return RunReading(info: info, records: records, samples: [sample])
    }
  }

  @Test("are the run itself when they are joined, in whatever order, bit for bit", arguments: [1, 2, 3, 7])
  func equal(count: Int) throws {
    let whole = Self.whole()
    let merged = try RunMerge(Self.shards(of: whole, count).reversed()).reading
    #expect(merged.records == whole.records)
    #expect(merged.info.phases == whole.info.phases && merged.info.scheduled == 1_200)
    #expect(merged.info.outcomes == whole.info.outcomes && merged.info.durationSeconds == 60.5)
    #expect(abs((merged.info.generator?.meanInFlight ?? 0) - 0.72) < 1e-9)
    #expect(
      RunWindow.all(of: merged.records, sloMilliseconds: nil) == RunWindow.all(of: whole.records, sloMilliseconds: nil))
    #expect(Validity(merged).verdict == Validity(whole).verdict)
    #expect(merged.info.parts?.map(\.shard.description) == (1...count).map { "\($0)/\(count)" })
  }

  @Test("are stored as one run, whose histograms are those of one")
  func stored() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rce-merge-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let whole = Self.whole()
    let writer = try RunWriter(creating: "\(folder)/whole", info: whole.info)
    try writer.append(whole.records)
    try writer.finish(whole.info)
    let merge = try RunMerge(Self.shards(of: whole, 3))
    try merge.write(to: "\(folder)/merged", id: "merged", command: ["rce-bench", "merge", "a"])
    let merged = try RunReading(folder: "\(folder)/merged")
    #expect(merged.info.id == "merged" && merged.info.command == ["rce-bench", "merge", "a"])
    #expect(merged.records == whole.records && !merged.info.partial)
    for table in ["histogram ORDER BY series, phase", "window ORDER BY second"] {
      let (one, other) = try (Self.rows(table, in: "\(folder)/whole"), Self.rows(table, in: "\(folder)/merged"))
      #expect(one == other && one.count > 5)
    }
  }

  private static func rows(_ table: String, in folder: String) throws -> [Row] {
    try DatabaseQueue(path: "\(folder)/run.sqlite").read { try Row.fetchAll($0, sql: "SELECT * FROM \(table)") }
  }

  @Test("that began apart are moved onto the first one's time line, and how far is said")
  func apart() throws {
    let parts = Self.shards(of: Self.whole(), 2, apart: 500)
    let merged = try RunMerge(parts).reading
    let second = try #require(parts[1].records.first)
    let moved = try #require(merged.records.first { $0.index == second.index })
    #expect(moved.t0 == second.t0 + Self.second / 2 && moved.endedAt == second.endedAt + Self.second / 2)
    #expect(moved.t7 == second.t7.map { $0 + Self.second / 2 } && moved.timings == second.timings)
    #expect(merged.info.phases[0].duration == 60 * Self.second + Self.second / 2)
    #expect(merged.info.parts?.map(\.start) == [0, Self.second / 2])
    let check = try #require(Validity(merged).checks.first { $0.key == "shards_together" })
    #expect(check.level == .suspect)
    #expect(check.sentence.contains("500 ms") && check.sentence.contains("difference is not known"))
  }

  @Test("are joined by the platform's clock where each knows its difference from it")
  func offsets() throws {
    var parts = Self.shards(of: Self.whole(), 2, apart: 500)
    // The second machine's clock is half a second ahead, so that both began together.
    parts[0].info.clockOffset = ClockOffset(microseconds: 100, errorBoundMicroseconds: 40)
    parts[1].info.clockOffset = ClockOffset(microseconds: 500_100, errorBoundMicroseconds: 60)
    let merged = try RunMerge(parts)
    #expect(merged.info.parts?.map(\.start) == [0, 0])
    #expect(merged.info.parts?.map(\.errorBoundMicroseconds) == [0, 100])
    #expect(merged.info.clockOffset == ClockOffset(microseconds: 100, errorBoundMicroseconds: 100))
    let check = try #require(Validity(merged.reading).checks.first { $0.key == "shards_together" })
    #expect(check.level == .ok && check.sentence.contains("by the platform's clock, ± 100 µs"))
  }

  @Test("add up second by second, and the worst machine speaks for all")
  func samples() throws {
    let samples = try RunMerge(Self.shards(of: Self.whole(), 2, apart: 2_000)).samples
    #expect(samples.map(\.second) == [3, 5] && samples.map(\.planned) == [5, 5])
    #expect(samples[1].loops.map(\.cpuShare) == [0, 0.02])
    let together = try RunMerge(Self.shards(of: Self.whole(), 2)).samples
    #expect(together.map(\.planned) == [10] && together[0].hostIdle == 0.6 && together[0].steal == 0.0002)
    #expect(together[0].loops.map(\.cpuShare) == [0.01, 0.02])
  }

  @Test("are refused where they are not all of one run, with what is wrong")
  func refused() throws {
    let parts = Self.shards(of: Self.whole(), 3)
    func refusal(_ readings: [RunReading]) -> String {
      let error = #expect(throws: RunStoreError.self) { try RunMerge(readings) }
      return error?.description ?? ""
    }
    #expect(refusal([parts[0], parts[2]]).contains("shard 2/3 is missing"))
    #expect(refusal(parts + [parts[1]]).contains("it is shard 2/3, and so is"))
    #expect(refusal([Self.whole()]).contains("it is no shard"))
    #expect(refusal([]).contains("no run was given"))
    for change in [\RunInfo.effectiveScenario, \.target] as [WritableKeyPath<RunInfo, String>] {
      var other = parts
      other[1].info[keyPath: change] += "x"
      #expect(refusal(other).contains("is not that of"))
    }
    var other = parts
    other[2].info.seed += 1
    #expect(refusal(other).contains("its seed is not that of"))
  }

  @Test("of which one was stopped make a PARTIAL run")
  func partial() throws {
    var parts = Self.shards(of: Self.whole(), 2)
    (parts[1].info.partial, parts[1].info.ending, parts[1].info.endReason) = (true, .interrupted, "SIGINT")
    let info = try RunMerge(parts).info
    #expect(info.partial && info.ending == .interrupted && info.endReason == "shard 2/2: SIGINT")
  }

  @Test(
    "are written as k/n",
    arguments: [
      ("1/1", true), ("3/3", true), ("0/3", false), ("4/3", false), ("1", false), ("a/b", false), ("1/2/3", false),
    ])
  func text(text: String, isShard: Bool) {
    #expect(ShardInfo(text)?.description == (isShard ? text : nil))
  }
}
