import Jobs
import RunRecords
import Testing

@Suite struct JobRecordsTests {
  private static let job = MadeRuns.job(0, t0: 0)

  @Test("records of a store are read like an array of them: order, filter, change, append")
  func likeAnArray() throws {
    try StoredRun.with { folder in
      let jobs = [3, 1, 2, 0].map { MadeRuns.job($0, t0: Int64($0) * 1_000) }
      var records = try StoredRun.written(jobs, in: folder).records
      #expect(records.map(\.index) == [0, 1, 2, 3])
      #expect(records.filter { $0.index > 1 }.filter { $0.index < 3 }.map(\.index) == [2])
      records[1].entry = "other"
      records.append(Self.job)
      #expect(records.map(\.entry) == ["hello", "other", "hello", "hello", "hello"])
      records.removeAll { $0.entry == "hello" }
      #expect(records.map(\.index) == [1])
    }
  }

  @Test("thousands of random records come back as they were, whatever is known of each", arguments: 1...3)
  func roundTrip(seed: UInt64) throws {
    try StoredRun.with { folder in
      var random = RandomRecords(seed: seed)
      let jobs = (0..<9_000).map { random.record($0) }
      let read = try StoredRun.written(jobs, in: folder).records
      #expect(read == JobRecords(jobs))
    }
  }

  @Test("a plan position that was counted twice stays visible")
  func twice() throws {
    try StoredRun.with { folder in
      let records = try StoredRun.written([Self.job, Self.job], in: folder).records
      #expect(records.map(\.index) == [0, 0])
    }
  }
}
