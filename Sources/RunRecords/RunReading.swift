import Foundation
import GRDB

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
      var pack = JobPack()
      var indices: [Int] = []
      try JobRow.read(in: db) { record in
        pack.append(record)
        indices.append(record.index)
      }
      var reading = Self(info: try RunInfo.read(in: db), records: JobRecords(pack, indices: indices))
      reading.samples = try SampleRow.all(in: db)
      return reading
    }
    completeIfKilled()
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
