import FoundationEssentials

/// A value as the JSON of a body, its names in alphabetical order so that the same value is always the same bytes.
func encode(_ value: some Encodable) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  // What fails to encode is a number that JSON has no form for, in values that this program itself has made.
  guard let data = try? encoder.encode(value) else { preconditionFailure("not encodable: \(value)") }
  return [UInt8](data)
}
