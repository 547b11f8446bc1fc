import Jobs
import RunRecords
import Testing

@Suite("The log's word on a stored run")
struct InvocationStoreTests {
  private static func jobs() -> [JobRecord] {
    (0..<4).map { index in
      var job = MadeRuns.cold(index, t0: Int64(index))
      job.jobId = "job-\(index)"
      job.timings?.environmentId = "request-\(index)"
      job.timings?.billedMs = 10
      job.timings?.memoryMB = 1_769
      return job
    }
  }

  private static func invocation(_ job: Int, _ start: JobInvocation.Start?) -> JobInvocation {
    JobInvocation(
      job: job, requestID: "request-\(job)", declaredBilledMs: 10, declaredMemoryMB: 1_769, declaredCold: true,
      report: start.map {
        .init(
          environment: "stream-\(job % 2)", writtenAt: 1_795_780_800_000, durationMs: 12.5, billedMs: 313,
          memoryMB: 1_769, maxMemoryMB: 90, initMs: $0 == .warm ? nil : 300, status: job == 0 ? "error" : nil, start: $0
        )
      })
  }

  @Test("goes before what results declared, and leaves alone the jobs that it does not know")
  func preferred() throws {
    try StoredRun.with { folder in
      let before = try StoredRun.written(Self.jobs(), in: folder)
      let store = InvocationStore(folder: folder)
      #expect(try store.all().isEmpty && before.info.platformLog == nil)
      let invocations = [
        Self.invocation(0, .cold), Self.invocation(1, .ahead), Self.invocation(2, .warm), Self.invocation(3, nil),
      ]
      var log = PlatformLog()
      (log.jobs, log.found, log.cold, log.ahead) = (4, 3, 1, 1)
      try store.store(invocations, log)
      #expect(try store.all() == invocations)
      let reading = try RunReading(folder: folder)
      #expect(reading.info.platformLog == log)
      let timings = reading.records.map(\.timings)
      #expect(timings.map { $0?.billedMs } == [313, 313, 313, 10])
      #expect(timings.map { $0?.coldStart } == [true, false, false, true])
      // An invocation's name is not one of an environment.
      #expect(timings.map { $0?.environmentId } == ["stream-0", "stream-1", "stream-0", nil])
      #expect(timings[1]?.s3 == timings[1]?.s2 && timings[0]?.s3 == before.records[0].timings?.s3)
    }
  }

  @Test("can be completed later")
  func later() throws {
    try StoredRun.with { folder in
      try StoredRun.written(Self.jobs(), in: folder)
      let store = InvocationStore(folder: folder)
      try store.store((0..<4).map { Self.invocation($0, nil) }, PlatformLog())
      #expect(try RunReading(folder: folder).records.allSatisfy { $0.timings?.environmentId == nil })
      try store.store((0..<4).map { Self.invocation($0, .cold) }, PlatformLog())
      #expect(
        Set(try RunReading(folder: folder).records.map { $0.timings?.environmentId }) == ["stream-0", "stream-1"])
    }
  }
}
