/// Reads the kernel's accounting files, which are either one number or lines of "key number".
package enum ControlGroupReadings {
  /// The number of a file that holds only one; nil for "max" or anything else.
  package static func number(_ text: String) -> Int64? {
    Int64(text.prefix { !$0.isWhitespace })
  }

  /// The number after a key.
  package static func number(_ key: String, in text: String) -> Int64? {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, words[0] == key { return Int64(words[1]) }
    }
    return nil
  }
}
