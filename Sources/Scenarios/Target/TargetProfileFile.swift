import HostSystem

/// A description of a platform in a file of its own, which becomes a part of the scenario: `custom: profiles/x.yaml`.
///
/// So the stored scenario says all that was run, and `${NAME}` and `--set` reach into the file.
struct TargetProfileFile {
  let directory: String

  func inlined(_ root: ScenarioNode) throws(ScenarioError) -> ScenarioNode {
    guard case .mapping(var pairs) = root.content else { return root }
    for index in pairs.indices where pairs[index].key == "target" {
      guard case .mapping(var fields) = pairs[index].value.content else { continue }
      for field in fields.indices where fields[field].key == "custom" {
        if case .text(let text) = fields[field].value.content, !text.isNull {
          fields[field].value = try read(text.written, at: fields[field].value.place)
        }
      }
      pairs[index].value.content = .mapping(fields)
    }
    var root = root
    root.content = .mapping(pairs)
    return root
  }

  private func read(_ name: String, at place: ScenarioPlace) throws(ScenarioError) -> ScenarioNode {
    let path = name.hasPrefix("/") ? name : directory + name
    let bytes: [UInt8]
    do {
      bytes = try FileDescriptor.open(path, 0).readAll()
    } catch {
      throw ScenarioError([
        ScenarioProblem(
          place: place, what: "custom: cannot read \(path): \(error)",
          hint: "give a mapping, or the path of a file relative to the scenario")
      ])
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ScenarioError([ScenarioProblem(place: place, what: "custom: \(path) is not UTF-8 text", hint: nil)])
    }
    return try ScenarioNode(yaml: text) { .file(path, line: $0, column: $1) }
  }
}
