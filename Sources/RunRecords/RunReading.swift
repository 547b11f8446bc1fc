import Foundation
import GRDB

/// A stored run, read: everything that reports, comparisons and plans are made from.
public struct RunReading: Sendable {
  /// The run as a whole.
  public var info: RunInfo
  /// Its jobs by plan position, those of warm-up phases included.
  public var records: [JobRecord]
  /// How the generator did, second by second; empty where it left no samples.
  public var samples: [ValiditySample]

  /// A reading of values that are at hand.
  public init(info: RunInfo, records: [JobRecord], samples: [ValiditySample] = []) {
    self.info = info
    self.records = records
    self.samples = samples
  }

  /// Reads the run in a folder, whether it was finished, interrupted or killed.
  public init(folder: String) throws(RunStoreError) {
    let path = URL(fileURLWithPath: folder).appendingPathComponent(RunSchema.fileName).path
    guard FileManager.default.fileExists(atPath: path) else {
      throw RunStoreError(
        operation: "read", path: path, cause: "there is no such file",
        hint: "give the folder of a run, for example one below reports/runs")
    }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      self = try DatabaseQueue(path: path, configuration: configuration).read(Self.read)
    } catch let error as RunStoreError {
      throw RunStoreError(operation: error.operation, path: path, cause: error.cause, hint: error.hint)
    } catch {
      let cause = (error as? DatabaseError)?.message ?? error.localizedDescription
      throw RunStoreError(
        operation: "read", path: path, cause: cause, hint: "the file is damaged or is no run; take another copy of it")
    }
    completeIfKilled()
  }

  /// Jobs of the phases that count, in plan order.
  public var recorded: [JobRecord] { records.filter(\.recorded) }

  private static func read(_ db: Database) throws -> RunReading {
    if try RunSchema.migrator.hasBeenSuperseded(db) {
      throw RunStoreError(
        operation: "read", path: "", cause: "it was written by a newer rce-bench",
        hint: "read it with that version or a later one")
    }
    guard let json = try String.fetchOne(db, sql: "SELECT info FROM run") else {
      throw RunStoreError(
        operation: "read", path: "", cause: "it holds no run", hint: "the generator ended before the run began")
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = RunSchema.floatDecoding
    let info = try decoder.decode(RunInfo.self, from: Data(json.utf8))
    let records = try Row.fetchAll(db, sql: "SELECT * FROM job ORDER BY \"index\"").map(JobRow.record)
    return RunReading(info: info, records: records, samples: try SampleRow.all(in: db))
  }

  /// A generator that was killed said neither why nor how long the run was.
  private mutating func completeIfKilled() {
    guard info.partial else { return }
    if info.endReason == nil { info.endReason = "the generator ended without finishing the run" }
    if info.durationSeconds == 0 {
      info.durationSeconds = Double(records.map(\.endedAt).max() ?? 0) / 1e9
    }
  }
}
