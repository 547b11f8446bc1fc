import FoundationEssentials
import Testing
import Yams

/// `openapi.yaml` as a tree, its references followed on the way.
struct Description: CustomTestStringConvertible {
  let root: Node

  init(_ text: String) throws {
    root = try #require(try Yams.compose(yaml: text))
  }

  var testDescription: String { "openapi.yaml" }

  /// Every path and method that is described, with the operation's node.
  var operations: [(path: String, method: String, node: Node)] {
    (root["paths"]?.mapping ?? [:]).flatMap { path, item in
      (item.mapping ?? [:]).map { (path.string ?? "", ($0.key.string ?? "").uppercased(), $0.value) }
    }
  }

  /// The description of one answer.
  func answer(_ method: String, _ path: String, status: Int) -> Node? {
    let operation = operations.first { $0.path == path && $0.method == method }
    // By text: Yams tells the name '202' from the number 202.
    let answers = operation?.node["responses"]?.mapping ?? [:]
    return answers.first { $0.key.string == "\(status)" }.map { resolve($0.value) }
  }

  /// Every path, method and status that is described.
  var answers: Set<String> {
    Set(
      operations.flatMap { operation in
        (operation.node["responses"]?.mapping?.keys.compactMap(\.string) ?? []).map {
          "\(operation.method) \(operation.path) \($0)"
        }
      })
  }

  /// What a `$ref` stands for, or the node itself.
  func resolve(_ node: Node) -> Node {
    guard let reference = node["$ref"]?.string else { return node }
    return reference.dropFirst(2).split(separator: "/").reduce(root) { $0[String($1)] ?? $0 }
  }

  /// Everything in a JSON value that its schema does not allow or does not describe.
  func faults(in value: Node, _ schema: Node, at place: String = "") -> [String] {
    let schema = resolve(schema)
    if let choices = schema["oneOf"]?.sequence {
      let matching = choices.count { self.faults(in: value, $0, at: place).isEmpty }
      return matching == 1 ? [] : ["\(place): \(matching) of the choices fit"]
    }
    var faults: [String] = []
    let types = schema["type"].map { $0.sequence?.compactMap(\.string) ?? [$0.string ?? ""] }
    if let types, !types.contains(where: { Self.isOf($0, value) }) { faults.append("\(place): not of type \(types)") }
    if let constant = schema["const"]?.string, value.string != constant { faults.append("\(place): not \(constant)") }
    if let words = schema["enum"]?.sequence, !words.contains(where: { $0.string == value.string }) {
      faults.append("\(place): not one of the enumeration")
    }
    if let items = schema["items"], let elements = value.sequence {
      for (index, element) in elements.enumerated() {
        faults += self.faults(in: element, items, at: "\(place)/\(index)")
      }
    }
    return faults + members(of: value, schema, at: place)
  }

  private func members(of value: Node, _ schema: Node, at place: String) -> [String] {
    guard let members = value.mapping, let properties = schema["properties"]?.mapping else { return [] }
    let missing = (schema["required"]?.sequence ?? []).compactMap(\.string).filter { value[$0] == nil }
    return missing.map { "\(place)/\($0): missing" }
      + members.flatMap { name, member in
        let place = "\(place)/\(name.string ?? "")"
        return properties[name].map { faults(in: member, $0, at: place) } ?? ["\(place): not described"]
      }
  }

  private static func isOf(_ type: String, _ value: Node) -> Bool {
    let isText = value.scalar?.style == .doubleQuoted
    return switch type {
    case "object": value.mapping != nil
    case "array": value.sequence != nil
    case "string": isText
    case "integer": !isText && value.int != nil
    case "number": !isText && value.float != nil
    case "boolean": !isText && value.bool != nil
    case "null": !isText && value.scalar?.string == "null"
    default: false
    }
  }
}
