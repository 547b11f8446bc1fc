import HostSystem
import LoadGeneration
import RunRecords
import Scenarios
import TestServices
import Testing

@Suite("A run that several generators share", .serialized)
struct ShardTests {
  private static func records(
    _ plan: Plan, _ url: String, _ shard: ShardInfo?, threads: Int = 1
  ) throws -> (jobs: [JobRecord], measurement: RunMeasurement) {
    let records = Lock<[JobRecord]>([])
    let target = Target(baseURL: url, TargetSpecification(place: .url(url)), isOnThisMachine: true)
    let generator = try Generator(plan: plan, target: target, options: .init(threads: threads, shard: shard)) { batch in
      records.withLock { $0 += batch }
    }
    let measurement = try generator.run()
    return (records.withLock { $0 }, measurement)
  }

  private static func text(_ jobs: [JobRecord], _ measurement: RunMeasurement) throws -> [String] {
    let start = try #require(measurement.phases.first).start
    return jobs.map { "\($0.index) \($0.t0 - start) \($0.entry)" }
  }

  @Test("sends each job once, at the instant and with the entry that one generator gives it")
  func sameJobs() throws {
    let platform = try TestPlatform(.init())
    defer { platform.stop() }
    let plan = TestRun.plan(.ramp(from: 50, to: 150, for: .milliseconds(600)), process: .poisson, entries: ["a", "b"])
    let (jobs, measurement) = try Self.records(plan, platform.url, nil)
    let whole = Set(try Self.text(jobs, measurement))
    #expect(whole.count == jobs.count && jobs.count > 30)
    for count in [2, 3] {
      var shared: [String] = []
      for number in 1...count {
        let shard = try #require(ShardInfo(number, of: count))
        let (part, measurement) = try Self.records(plan, platform.url, shard, threads: number)
        #expect(part.allSatisfy { $0.index % count == number - 1 })
        #expect(measurement.scheduled == part.count && measurement.phases.first?.scheduled == part.count)
        shared += try Self.text(part, measurement)
      }
      #expect(shared.count == jobs.count && Set(shared) == whole)
    }
  }

  @Test("has its part of the room, and of the money")
  func limits() throws {
    let platform = try TestPlatform(.init(duration: 150_000_000))
    defer { platform.stop() }
    let plan = TestRun.plan(
      .constant(rate: 100, for: .milliseconds(300)), limits: RunLimits(maximumInFlight: 9, onLimit: .drop))
    let (jobs, measurement) = try Self.records(plan, platform.url, ShardInfo(2, of: 3))
    #expect(jobs.count == 10 && measurement.health.maximumInFlight <= 3)
  }

  @Test("joined, is a run of all jobs in plan order")
  func merged() throws {
    let platform = try TestPlatform(.init())
    defer { platform.stop() }
    let plan = TestRun.plan(.constant(rate: 100, for: .milliseconds(500)))
    let readings = try (1...2).map { number -> RunReading in
      let shard = try #require(ShardInfo(number, of: 2))
      let (jobs, measurement) = try Self.records(plan, platform.url, shard)
      var info = RunInfo(
        id: "run-\(number)", scenario: "test", description: nil, effectiveScenario: "name: test\n", command: [],
        seed: 7,
        target: platform.url, sameMachine: true, startedAt: 0, phases: [], scheduled: 0,
        environment: RunEnvironment(
          host: "host-\(number)", cpu: "", cores: 1, memoryBytes: 1, kernel: "", system: "", versions: [:]),
        thresholds: [])
      measurement.complete(&info)
      info.shard = shard
      return RunReading(info: info, records: jobs, samples: measurement.samples)
    }
    let whole = try RunMerge(readings).reading
    #expect(whole.records.map(\.index) == Array(0..<50) && whole.info.scheduled == 50)
    #expect(whole.info.outcomes?["succeeded"] == 50 && !whole.info.partial)
    #expect(whole.info.environment.host == "host-1, host-2" && whole.info.parts?.count == 2)
    #expect(Validity(whole).checks.first { $0.key == "outcomes_balance" }?.level == .ok)
  }
}
