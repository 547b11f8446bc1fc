import FoundationEssentials

/// Bodies of services that speak JSON.
enum AWSJSON {
  static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    // Texts, numbers and lists of them always encode.
    return (try? encoder.encode(value)).map { [UInt8]($0) } ?? []
  }

  static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8], _ task: String) throws(AWSError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw AWSError(.unreadable, "cannot \(task): the answer is not what the service documents")
    }
  }
}
