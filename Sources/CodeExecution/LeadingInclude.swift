/// Whether a C++ source begins with `#include <bits/stdc++.h>`, comments and blank space aside.
///
/// Only then does the compiler see with the precompiled header exactly what it would see without. Anything before it
/// may change what the header means; what is unusual, such as a continued line, counts as "no".
package enum LeadingInclude {
  /// Looks at the source's first directive.
  package static func isWholeLibrary(_ source: String) -> Bool {
    var rest = source.utf8[...]
    guard skipBlanks(&rest, lines: true), take("#", &rest), skipBlanks(&rest, lines: false),
      take("include", &rest), skipBlanks(&rest, lines: false), take("<bits/stdc++.h>", &rest)
    else { return false }
    guard skipBlanks(&rest, lines: false) else { return false }
    return rest.isEmpty || rest.first == newline || rest.first == carriageReturn || rest.starts(with: "//".utf8)
  }

  private typealias Text = Substring.UTF8View
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Skips white space and comments; false where one does not end or a line comment is continued.
  private static func skipBlanks(_ rest: inout Text, lines: Bool) -> Bool {
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): rest.removeFirst()
      case newline, carriageReturn:
        guard lines else { return true }
        rest.removeFirst()
      case UInt8(ascii: "/"):
        if rest.starts(with: "/*".utf8) {
          guard skipBlockComment(&rest) else { return false }
        } else if lines && rest.starts(with: "//".utf8) {
          let line = rest.prefix { $0 != newline }
          if line.contains(UInt8(ascii: "\\")) { return false }
          rest = rest[line.endIndex...]
        } else {
          return true
        }
      default: return true
      }
    }
    return true
  }

  private static func skipBlockComment(_ rest: inout Text) -> Bool {
    rest = rest.dropFirst(2)
    while let star = rest.firstIndex(of: UInt8(ascii: "*")) {
      // A star and slash that a continued line keeps apart end a comment, too; nobody writes that.
      if rest[..<star].contains(UInt8(ascii: "\\")) { return false }
      rest = rest[rest.index(after: star)...]
      if rest.first == UInt8(ascii: "/") {
        rest.removeFirst()
        return true
      }
    }
    return false
  }

  private static func take(_ word: String, _ rest: inout Text) -> Bool {
    guard rest.starts(with: word.utf8) else { return false }
    rest = rest.dropFirst(word.utf8.count)
    return true
  }
}
