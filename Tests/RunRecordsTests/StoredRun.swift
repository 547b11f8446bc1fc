import Foundation
import RunRecords

/// Runs that are written into a folder of their own, and read back.
enum StoredRun {
  static func with(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rce-run-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @discardableResult
  static func written(_ jobs: [JobRecord], in folder: String) throws -> RunReading {
    var info = MadeRuns.info(scheduled: jobs.count)
    let writer = try RunWriter(creating: folder, info: info)
    for start in stride(from: 0, to: jobs.count, by: 1_000) {
      try writer.append(jobs[start..<min(jobs.count, start + 1_000)])
    }
    (info.partial, info.ending) = (false, .completed)
    try writer.finish(info)
    return try RunReading(folder: folder)
  }
}
