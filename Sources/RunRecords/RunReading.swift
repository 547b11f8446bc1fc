import Foundation
import GRDB
import HostSystem

/// A stored run, read: everything that reports, comparisons and plans are made from.
public struct RunReading: Sendable {
  /// The run as a whole.
  public var info: RunInfo
  /// Its jobs by plan position, those of warm-up phases included.
  public var records: JobRecords
  /// How the generator did, second by second; empty where it left no samples.
  public var samples: [ValiditySample]

  /// A reading of values that are at hand.
  public init(info: RunInfo, records: JobRecords, samples: [ValiditySample] = []) {
    self.info = info
    self.records = records
    self.samples = samples
  }

  /// A reading of records that are at hand.
  public init(info: RunInfo, records: [JobRecord], samples: [ValiditySample] = []) {
    self.init(info: info, records: JobRecords(records), samples: samples)
  }

  /// Reads the run in a folder, whether it was finished, interrupted or killed.
  public init(folder: String) throws(RunStoreError) {
    self = try RunStoreFile.read(folder) { db in
      var reading = Self(info: try RunInfo.read(in: db), records: try Self.records(of: folder, db))
      reading.samples = try SampleRow.all(in: db)
      return reading
    }
    completeIfKilled()
  }

  /// So many rows are read by one thread as fast as by two.
  private static let rowsForTwo = 20_000

  /// Records of a store that is open; the second half of many is read at the same time through another connection.
  private static func records(of folder: String, _ db: Database) throws -> JobRecords {
    let rows = try JobRow.count(in: db)
    guard rows > rowsForTwo else { return JobRecords(packed: [try part(0...rows, db)]) }
    let half = rows / 2
    let (first, second) = concurrently(
      { Result { try part(0...half, db) } },
      { Result { try RunStoreFile.read(folder) { try part((half + 1)...rows, $0) } } })
    return JobRecords(packed: [try first.get(), try second.get()])
  }

  private static func part(_ rows: ClosedRange<Int>, _ db: Database) throws -> JobPacks.Part {
    var part = JobPacks.Part()
    try JobRow.read(rows, in: db) { part.append($0) }
    return part
  }

  /// Jobs of the phases that count, in plan order.
  public var recorded: JobRecords { records.filter(\.recorded) }

  /// A generator that was killed said neither why nor how long the run was.
  private mutating func completeIfKilled() {
    guard info.partial else { return }
    if info.endReason == nil { info.endReason = "the generator ended without finishing the run" }
    if info.durationSeconds == 0 {
      info.durationSeconds = Double(records.lazy.map(\.endedAt).max() ?? 0) / 1e9
    }
  }
}
