import FoundationEssentials

/// The JSON Schema (draft 2020-12) of scenarios, made from the tables by which they are read.
///
/// Editors check with it what they can while a scenario is written; `rce-bench check` knows more, for example that a name is
/// used twice. Wherever a value may stand, `${NAME}` may stand.
package enum ScenarioSchema {
  /// The schema as text, with a newline at its end.
  package static var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Nothing in the schema is a number that JSON cannot hold.
    guard let data = try? encoder.encode(root) else { preconditionFailure("the schema cannot be written") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private static var root: SchemaValue {
    let table = KeyTable.scenario
    let whole = KeyTable(table.keys + [KeyTable.include])
    let required = table.keys.filter(\.isRequired).map { SchemaValue.text($0.name) }
    return schema(of: whole, required: []).with([
      "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
      "title": .text("A scenario of rce-bench"),
      "description": .text("What to send, when, to whom, and what counts as well done; see scenarios/README.md."),
      // What an included file brings need not be written again.
      "anyOf": .list([
        .object(["required": .list([.text("include")])]), .object(["required": .list(required)]),
      ]),
    ])
  }

  // MARK: Mappings

  private static func schema(of table: KeyTable) -> SchemaValue {
    schema(of: table, required: table.keys.filter(\.isRequired).map(\.name))
  }

  private static func schema(of table: KeyTable, required: [String]) -> SchemaValue {
    let properties = table.keys.map { ($0.name, schema(of: $0.value).with(["description": .text($0.meaning)])) }
    var object: [String: SchemaValue] = [
      "type": .text("object"), "additionalProperties": .truth(false),
      "properties": .object(Dictionary(properties) { first, _ in first }),
    ]
    if !required.isEmpty { object["required"] = .list(required.map { .text($0) }) }
    if !table.alternatives.isEmpty {
      object["allOf"] = .list(
        table.alternatives.map { keys in
          .object(["oneOf": .list(keys.map { .object(["required": .list([.text($0)])]) })])
        })
    }
    return .object(object)
  }

  private static var arrivals: SchemaValue {
    anyOf(
      ArrivalProcess.allCases.map { process in
        let phases = PhaseKind.all(of: process).compactMap { KeyTable.phase($0, process) }
        return schema(of: KeyTable.arrivals).with([
          "properties": .object([
            "process": .object([
              "const": .text(process.rawValue), "description": .text("how arrivals are spread over time"),
            ]),
            "phases": list(anyOf(phases.map { schema(of: $0) }), mayBeEmpty: false),
          ])
        ])
      })
  }

  // MARK: Values

  private static func schema(of shape: ValueShape) -> SchemaValue {
    switch shape {
    case .text: scalar.with(["minLength": .whole(1)])
    case .anyText: scalar
    case .name: scalar.with(["pattern": .text("^[A-Za-z0-9_.-]{1,64}$|" + variable)])
    case .truth: anyOf([.object(["type": .text("boolean")]), pattern("true|false")])
    case .count(let range): anyOf([whole(range), pattern("[0-9]+")])
    case .number(let mayBeZero):
      anyOf([
        .object(["type": .text("number"), mayBeZero ? "minimum" : "exclusiveMinimum": .whole(0)]),
        pattern("[0-9]*\\.?[0-9]+"),
      ])
    case .duration: pattern("([0-9]*\\.?[0-9]+(ns|us|µs|ms|s|min|m|h))+")
    case .rate: pattern("[0-9]*\\.?[0-9]+/(s|min|m|h)")
    case .money: pattern("\\$[0-9]*\\.?[0-9]+")
    case .size: pattern("[0-9]*\\.?[0-9]+(B|KiB|MiB|GiB|kB|KB|MB|GB)")
    case .word(let words): anyOf([.object(["enum": .list(words.flatMap(spellings))]), pattern(nil)])
    case .list(let item, let mayBeEmpty): list(schema(of: item), mayBeEmpty: mayBeEmpty)
    case .mapping(let table): schema(of: table)
    case .names(let value):
      .object(["type": .text("object"), "additionalProperties": schema(of: value)])
    case .either(let shapes): anyOf(shapes.map { schema(of: $0) })
    case .oneOf(let tables): anyOf(tables.map { schema(of: $0) })
    case .pattern(let text): pattern(text)
    case .arrivals: arrivals
    }
  }

  /// What stands for the value of a variable of the environment.
  private static let variable = "\\$\\{"

  private static let scalar = SchemaValue.object([
    "type": .list([.text("string"), .text("number"), .text("boolean")])
  ])

  private static func pattern(_ text: String?) -> SchemaValue {
    .object(["type": .text("string"), "pattern": .text(text.map { "^(\($0))$|" + variable } ?? variable)])
  }

  private static func whole(_ range: ClosedRange<Int>) -> SchemaValue {
    let least = SchemaValue.object(["type": .text("integer"), "minimum": .whole(range.lowerBound)])
    return range.upperBound == .max ? least : least.with(["maximum": .whole(range.upperBound)])
  }

  private static func list(_ item: SchemaValue, mayBeEmpty: Bool) -> SchemaValue {
    let list = SchemaValue.object(["type": .text("array"), "items": item])
    return mayBeEmpty ? list : list.with(["minItems": .whole(1)])
  }

  private static func anyOf(_ values: [SchemaValue]) -> SchemaValue {
    values.count == 1 ? values[0] : .object(["anyOf": .list(values)])
  }

  /// A word that looks like a number is one to an editor.
  private static func spellings(_ word: String) -> [SchemaValue] {
    [.text(word)] + (Int(word).map { [.whole($0)] } ?? Double(word).map { [.number($0)] } ?? [])
  }
}
