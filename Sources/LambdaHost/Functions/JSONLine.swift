import FoundationEssentials

/// Texts in JSON that is written by hand.
enum JSONLine {
  /// A text with its quotes.
  static func text(_ text: String) -> String {
    // A text always encodes.
    (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
