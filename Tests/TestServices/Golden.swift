import Foundation
public import Testing

/// A text that a person has looked at and that must stay as it is.
///
/// `RECORD_GOLDENS=1 swift test` writes what is there now; the change is then reviewed like any other.
public enum Golden {
  /// Expects a text to be that of a file in the folder `Goldens` beside the test.
  public static func expect(
    _ text: String, is name: String, beside test: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(fileURLWithPath: test).deletingLastPathComponent().appendingPathComponent("Goldens/\(name)")
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
