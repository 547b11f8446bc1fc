/// A part of a scenario with where it was written, between the YAML library and the checks.
package struct ScenarioNode: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case text(ScenarioText)
    case list([ScenarioNode])
    case mapping([ScenarioPair])
  }

  package var content: Content
  package var place: ScenarioPlace

  package init(_ content: Content, at place: ScenarioPlace) {
    self.content = content
    self.place = place
  }

  /// What the part is, for a sentence.
  package var kind: String {
    switch content {
    case .text(let text): text.isNull ? "nothing" : "'\(text.value)'"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The value of a key, where the part is a mapping that has it.
  package subscript(key: String) -> ScenarioNode? {
    guard case .mapping(let pairs) = content else { return nil }
    return pairs.first { $0.key == key }?.value
  }
}

/// A scalar.
package struct ScenarioText: Sendable, Equatable {
  /// The text that counts, `${NAME}` replaced.
  package var value: String
  /// The text as it was written, which is what may be shown.
  package var written: String
  /// Written without quotes, so that `true` is a switch and nothing at all is no value.
  package var isPlain: Bool
  /// What stands in place of each `${NAME}`.
  package var substituted: [String] = []

  package init(_ text: String, isPlain: Bool) {
    value = text
    written = text
    self.isPlain = isPlain
  }

  package var isNull: Bool { isPlain && (written.isEmpty || written == "~" || written == "null") }
}

/// A key with its value.
package struct ScenarioPair: Sendable, Equatable {
  package var key: String
  package var keyPlace: ScenarioPlace
  package var value: ScenarioNode

  package init(_ key: String, at place: ScenarioPlace, _ value: ScenarioNode) {
    self.key = key
    keyPlace = place
    self.value = value
  }
}
