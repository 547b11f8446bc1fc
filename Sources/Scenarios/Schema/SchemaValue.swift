/// A value of a JSON document.
indirect enum SchemaValue: Encodable, Equatable {
  case text(String)
  case whole(Int)
  case number(Double)
  case truth(Bool)
  case list([SchemaValue])
  case object([String: SchemaValue])

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let value): try container.encode(value)
    case .whole(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .truth(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let values): try container.encode(values)
    }
  }

  /// An object with more in it.
  func with(_ more: [String: SchemaValue]) -> SchemaValue {
    guard case .object(let values) = self else { return self }
    return .object(values.merging(more) { _, new in new })
  }
}
