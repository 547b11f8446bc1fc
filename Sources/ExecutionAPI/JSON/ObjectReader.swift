import Jobs

/// Takes the fields of a JSON object one by one and notes each that is not what it should be.
struct ObjectReader {
  private let pointer: String
  private var members: [String: JSONValue] = [:]
  private var known: [String] = []
  /// What was wrong so far.
  private(set) var faults: [Fault] = []

  /// Reads the members of the object at a JSON Pointer.
  init(_ members: [(name: String, value: JSONValue)], at pointer: String) {
    self.pointer = pointer
    for member in members { self.members[member.name] = member.value }
  }

  /// A text, or nil where there is none or the field is something else; a required one has a meaning to be told.
  mutating func string(_ name: String, required meaning: String? = nil) -> String? {
    switch take(name) {
    case .string(let text): return text
    case .some(let value): refuse(name, "expected a string, got \(value.quoted)")
    case nil:
      if let meaning { refuse(name, "expected \(meaning), a string; the field is missing") }
    }
    return nil
  }

  /// A whole number within a range; `5.0` and `5e0` are whole numbers too.
  mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
    guard let value = take(name) else { return nil }
    if case .number(let literal) = value,
      let number = Int(literal) ?? Double(literal).flatMap({ Int(exactly: $0) }), range.contains(number)
    {
      return number
    }
    refuse(name, "expected an integer from \(range.lowerBound) to \(range.upperBound), got \(value.quoted)")
    return nil
  }

  /// One of a set of words.
  mutating func choice<Value: RawRepresentable<String> & CaseIterable>(_ name: String, _ type: Value.Type) -> Value? {
    guard let text = string(name) else { return nil }
    if let value = Value(rawValue: text) { return value }
    refuse(name, "expected \(Value.allCases.map { quote($0.rawValue) }.joined(separator: " or ")), got \(quote(text))")
    return nil
  }

  /// A list of texts; nil where there is none, or it or an element is something else.
  mutating func strings(_ name: String) -> [String]? {
    guard let value = take(name) else { return nil }
    guard case .array(let elements) = value else {
      refuse(name, "expected an array of strings, got \(value.quoted)")
      return nil
    }
    return strings(name, elements)
  }

  /// A text, or a list of texts.
  mutating func stringOrStrings(_ name: String) -> StandardInput? {
    guard let value = take(name) else { return nil }
    switch value {
    case .string(let text): return .one(text)
    case .array(let elements): return strings(name, elements).map(StandardInput.each)
    default:
      refuse(name, "expected a string or an array of strings, got \(value.quoted)")
      return nil
    }
  }

  /// Reads the objects of a list, each through a reader of its own, whose faults join these; nil where there is no
  /// list, or one of its elements could not be read.
  mutating func objects<Result>(
    _ name: String, atMost limit: Int, _ read: (inout ObjectReader) -> Result?
  ) -> [Result]? {
    guard let value = take(name) else { return nil }
    guard case .array(let elements) = value else {
      refuse(name, "expected an array of objects, got \(value.quoted)")
      return nil
    }
    guard elements.count <= limit else {
      refuse(name, "expected at most \(limit) elements, got \(elements.count)")
      return nil
    }
    let results = elements.enumerated().map { index, element -> Result? in
      guard case .object(let members) = element else {
        refuse("\(name)/\(index)", "expected an object, got \(element.quoted)")
        return nil
      }
      var reader = ObjectReader(members, at: "\(pointer)\(pointerStep(name))/\(index)")
      let result = read(&reader)
      reader.refuseUnknown()
      faults += reader.faults
      return result
    }
    return results.contains { $0 == nil } ? nil : results.compactMap { $0 }
  }

  private mutating func strings(_ name: String, _ elements: [JSONValue]) -> [String]? {
    let texts = elements.enumerated().map { index, element -> String? in
      if case .string(let text) = element { return text }
      refuse("\(name)/\(index)", "expected a string, got \(element.quoted)")
      return nil
    }
    return texts.contains(nil) ? nil : texts.compactMap { $0 }
  }

  /// Reads an object within the object through a reader of its own, whose faults join these.
  mutating func object<Result>(_ name: String, _ read: (inout ObjectReader) -> Result) -> Result? {
    guard let value = take(name) else { return nil }
    guard case .object(let members) = value else {
      refuse(name, "expected an object, got \(value.quoted)")
      return nil
    }
    var reader = ObjectReader(members, at: pointer + pointerStep(name))
    let result = read(&reader)
    reader.refuseUnknown()
    faults += reader.faults
    return result
  }

  /// Notes a fault of a field, or of an element below it such as `args/3`.
  mutating func refuse(_ place: String, _ detail: String) {
    faults.append(.field("\(pointer)/\(place)", detail))
  }

  /// Notes faults that the rules for a request name.
  mutating func refuse(_ faults: [RequestFault]) {
    self.faults += faults.map { .field(pointer + $0.pointer, $0.detail) }
  }

  /// Notes a fault for every field that nobody has asked for.
  mutating func refuseUnknown() {
    for name in members.keys.sorted() {
      let hint = nearestName(to: name, among: known).map { "did you mean \(quote($0))?" }
      let list = "the fields here are \(known.joined(separator: ", "))"
      faults.append(.field(pointer + pointerStep(name), "unknown field; \(hint ?? list)"))
    }
  }

  private mutating func take(_ name: String) -> JSONValue? {
    known.append(name)
    return members.removeValue(forKey: name)
  }
}
