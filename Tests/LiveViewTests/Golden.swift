import Foundation
import Testing

/// A text that a person has looked at and that must stay as it is.
///
/// `RECORD_GOLDENS=1 swift test` writes what is there now; the change is then reviewed like any other.
enum Golden {
  static func expect(_ text: String, is name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Goldens/\(name)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try? String(contentsOf: file, encoding: .utf8)
    #expect(
      golden == text, "differs from Goldens/\(name); RECORD_GOLDENS=1 records it anew", sourceLocation: sourceLocation)
  }
}
