/// Which names files beside a source may have.
public enum FileNameRules {
  /// Bytes of a whole name.
  public static let longestName = 1_024
  /// Bytes of one part of a name.
  public static let longestPart = 255

  /// What is wrong with a name on its own, if anything is.
  ///
  /// A name is relative; its parts are ASCII letters, digits, `.`, `_` and `-`. None is `.` or `..`, and none starts
  /// with `-`: a compiler would take it for an option.
  public static func fault(_ name: String) -> String? {
    if name.isEmpty { return "expected at least one character, got none" }
    if name.utf8.count > longestName { return "expected at most \(longestName) bytes, got \(name.utf8.count)" }
    if name.hasPrefix("/") { return "expected a relative path, got one that starts with /" }
    for part in name.split(separator: "/", omittingEmptySubsequences: false) {
      if part.isEmpty { return "expected no empty part between slashes" }
      if part == "." || part == ".." { return "expected no part \"\(part)\"" }
      if part.utf8.count > longestPart {
        return "expected at most \(longestPart) bytes between slashes, got \(part.utf8.count)"
      }
      if part.first == "-" { return "expected no part that starts with -" }
      guard part.utf8.allSatisfy(isAllowed) else {
        return "expected letters, digits, '.', '_' and '-' between slashes"
      }
    }
    return nil
  }

  /// What is wrong with names beside each other and beside the main source, by position.
  public static func clashes(_ names: [String], mainSource: String) -> [(index: Int, detail: String)] {
    var files: Set = [mainSource]
    var directories: Set<String> = []
    var faults: [(index: Int, detail: String)] = []
    for (index, name) in names.enumerated() {
      let above = parents(of: name)
      if name == mainSource {
        faults.append((index, "\(mainSource) holds the code; choose another name"))
      } else if files.contains(name) {
        faults.append((index, "expected each name once"))
      } else if directories.contains(name) {
        faults.append((index, "another file lies in a directory of this name"))
      } else if let parent = above.first(where: files.contains) {
        faults.append((index, "\(parent) is a file, and cannot hold another"))
      }
      files.insert(name)
      directories.formUnion(above)
    }
    return faults
  }

  private static func parents(of name: String) -> [String] {
    let parts = name.split(separator: "/")
    return parts.indices.dropFirst().map { parts[..<$0].joined(separator: "/") }
  }

  static func isAllowed(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
    default: false
    }
  }
}
