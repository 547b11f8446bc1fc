/// Which options a submission may hand to a compiler: those of the language's list and no others.
///
/// Each element of the list is an option as it stands, or one that ends in a word for what may follow:
///
/// | end | what may follow |
/// |---|---|
/// | `NAME` | a name of C: letters, digits and `_`, the first no digit |
/// | `NAME[=VALUE]` | the same, and a value of letters, digits, `_`, `.`, `+` and `-` |
/// | `DIRECTORY` | a relative path among the submission's files, or `.` |
public enum OptionRules {
  /// Options that a submission may name.
  public static let mostOptions = 32

  /// What is wrong with an option, if anything is.
  public static func fault(_ option: String, allowed: [String]) -> String? {
    if allowed.contains(where: { matches(option, $0) }) { return nil }
    return allowed.isEmpty
      ? "the language takes no compiler options" : "expected one of \(allowed.joined(separator: ", "))"
  }

  private static func matches(_ option: String, _ rule: String) -> Bool {
    for (ending, isRight) in endings where rule.hasSuffix(ending) {
      let start = rule.dropLast(ending.count)
      return option.hasPrefix(start) && isRight(option.dropFirst(start.count))
    }
    return option == rule
  }

  /// Longer ones first where one ends in the other.
  private static let endings: [(String, @Sendable (Substring) -> Bool)] = [
    ("NAME[=VALUE]", isDefinition), ("NAME", isName), ("DIRECTORY", isDirectory),
  ]

  private static func isDefinition(_ text: Substring) -> Bool {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, isName(name) else { return false }
    return parts.count == 1 || (parts[1].utf8.count <= 64 && parts[1].utf8.allSatisfy(isValue))
  }

  private static func isValue(_ byte: UInt8) -> Bool {
    FileNameRules.isAllowed(byte) || byte == UInt8(ascii: "+")
  }

  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
    let isWord = text.utf8.allSatisfy {
      FileNameRules.isAllowed($0) && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-")
    }
    return isWord && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
  }

  private static func isDirectory(_ text: Substring) -> Bool {
    text == "." || FileNameRules.fault(String(text)) == nil
  }
}
