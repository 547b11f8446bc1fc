import Glibc
import HostSystem

/// The shared file of credentials: sections `[profile]` of lines `name = value`.
enum CredentialsFile {
  static func read(_ path: String) -> String? {
    guard let file = try? FileDescriptor.open(path, O_RDONLY), let bytes = try? file.readAll() else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The profiles in their order.
  static func profiles(in text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { section(of: $0.trimmed) }
  }

  /// What a profile says; nil where there is none of that name.
  ///
  /// Of two lines that say the same the later counts.
  static func fields(of profile: String, in text: String) -> [String: String]? {
    var section: String?
    var fields: [String: String]?
    for line in text.split(whereSeparator: \.isNewline).map(\.trimmed) {
      if let name = self.section(of: line) {
        section = name
        if name == profile, fields == nil { fields = [:] }
      } else if section == profile, !"#;".contains(line.first ?? "#"), let equals = line.firstIndex(of: "=") {
        let value = line[line.index(after: equals)...].trimmed
        if !value.isEmpty { fields?[line[..<equals].trimmed.lowercased()] = String(value) }
      }
    }
    return fields
  }

  private static func section(of line: Substring) -> String? {
    guard line.hasPrefix("["), let end = line.firstIndex(of: "]") else { return nil }
    return String(line[line.index(after: line.startIndex)..<end].trimmed)
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0.isWhitespace }
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? start
  }
}
