import FoundationEssentials

/// JSON as the stores keep it: keys sorted, so that equal values are equal bytes.
enum JSON {
  static func encode(_ value: some Encodable) throws(BackendError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return [UInt8](try encoder.encode(value))
    } catch {
      throw BackendError(.invalid, "cannot write \(type(of: value)) as JSON: \(error)")
    }
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}
