import Foundation

/// Values as JSON for tools: indented, keys sorted, so that two of them can be compared line by line.
package enum JSONText {
  /// The value as text, with a newline at its end.
  package static func sorted(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // A number that is not finite is all that the encoder could refuse.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? "{}\n"
  }
}
