import Foundation
import GRDB

extension RunInfo {
  /// The run of a folder, without its jobs.
  public init(folder: String) throws(RunStoreError) { self = try RunStoreFile.read(folder, Self.read) }

  static func read(in db: Database) throws -> RunInfo {
    guard let json = try String.fetchOne(db, sql: "SELECT info FROM run") else {
      throw NameReader.damage("table run is empty")
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = RunSchema.floatDecoding
    return try decoder.decode(RunInfo.self, from: Data(json.utf8))
  }

  func store(in db: Database) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = RunSchema.floatEncoding
    let json = String(decoding: try encoder.encode(self), as: UTF8.self)
    try db.execute(
      sql: "INSERT OR REPLACE INTO run (id, scenario, started_at, partial, info) VALUES (?, ?, ?, ?, ?)",
      arguments: [id, scenario, startedAt, partial, json])
    try db.execute(sql: "DELETE FROM threshold")
    for (position, text) in thresholds.enumerated() {
      try db.execute(sql: "INSERT INTO threshold (position, text) VALUES (?, ?)", arguments: [position, text])
    }
  }
}
