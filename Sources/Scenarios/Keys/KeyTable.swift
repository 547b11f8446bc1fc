/// The keys that a mapping of a scenario may have, for the strict reader and for the published schema alike.
package struct KeyTable: Sendable {
  /// A key.
  package struct Key: Sendable {
    /// The key as it is written.
    package let name: String
    /// What its value looks like.
    package let value: ValueShape
    /// The mapping needs it.
    package let isRequired: Bool
    /// What it means, in a few words.
    package let meaning: String

    /// A key that may be left out unless it is required.
    package init(_ name: String, _ value: ValueShape, required: Bool = false, _ meaning: String) {
      self.name = name
      self.value = value
      isRequired = required
      self.meaning = meaning
    }
  }

  /// The keys in the order in which they are told.
  package let keys: [Key]
  /// Exactly one of these keys is needed, for each list.
  package let alternatives: [[String]]

  /// A table of keys.
  package init(_ keys: [Key], oneOf alternatives: [[String]] = []) {
    self.keys = keys
    self.alternatives = alternatives
  }

  /// The keys' names.
  package var names: [String] { keys.map(\.name) }

  /// These keys and more.
  func with(_ more: [Key], oneOf alternatives: [[String]] = []) -> KeyTable {
    KeyTable(keys + more, oneOf: self.alternatives + alternatives)
  }
}

/// What the value of a key looks like.
package indirect enum ValueShape: Sendable {
  /// Any scalar that is not empty, taken as text.
  case text
  /// Any scalar, taken as text.
  case anyText
  /// Letters, digits, `-`, `_` and `.`, at most 64.
  case name
  case truth
  case count(ClosedRange<Int>)
  /// A bare number; above 0 unless it may be 0.
  case number(mayBeZero: Bool)
  case duration, rate, money, size
  case word([String])
  case list(ValueShape, mayBeEmpty: Bool)
  case mapping(KeyTable)
  /// Names of the scenario's own with values of one shape.
  case names(ValueShape)
  case either([ValueShape])
  /// A mapping of one of these shapes, which differ in their required keys or in a word.
  case oneOf([KeyTable])
  /// `arrivals`, whose process decides which phases are legal.
  case arrivals
  /// Texts of this form, as a regular expression.
  case pattern(String)
}
