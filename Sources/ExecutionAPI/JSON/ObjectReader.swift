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

  /// A list of texts; `fault` says what is wrong with one of them, if anything is.
  mutating func strings(_ name: String, atMost limit: Int, fault: (String) -> String?) -> [String]? {
    guard let value = take(name) else { return nil }
    guard case .array(let elements) = value else {
      refuse(name, "expected an array of strings, got \(value.quoted)")
      return nil
    }
    if elements.count > limit { refuse(name, "expected at most \(limit) elements, got \(elements.count)") }
    var strings: [String] = []
    for (index, element) in elements.prefix(limit).enumerated() {
      guard case .string(let text) = element else {
        refuse("\(name)/\(index)", "expected a string, got \(element.quoted)")
        continue
      }
      if let detail = fault(text) { refuse("\(name)/\(index)", detail) }
      strings.append(text)
    }
    return strings
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
