/// Words of a command with placeholders: `{name}` stands for a text within a word or for a list of words.
///
/// | placeholder | stands for |
/// |---|---|
/// | `{compiler}` `{runtime}` | paths of the programs |
/// | `{source}` | the file that holds the submission's code, relative to `/box` |
/// | `{product}` | the directory for what the compiler makes |
/// | `{heapMB}` `{compilerHeapMB}` | what runtime and compiler are told to keep within |
/// | `{mainClass}` | the class to start, for Java |
/// | `{flags}` `{options}` `{sources}` `{args}` | lists: the language's flags, the submission's options, all files to compile, the program's arguments |
/// | `{aids}` | list: what makes the compiler faster, where there is such a thing |
package struct CommandTemplate: Sendable {
  /// Texts by the name of their placeholder.
  package var texts: [String: String]
  /// Lists of words by the name of their placeholder.
  package var lists: [String: [String]]

  private static let textNames: Set = [
    "compiler", "runtime", "source", "product", "heapMB", "compilerHeapMB", "mainClass",
  ]
  private static let listNames: Set = ["flags", "options", "sources", "args", "aids"]

  /// A template's values.
  package init(texts: [String: String], lists: [String: [String]] = [:]) {
    self.texts = texts
    self.lists = lists
  }

  /// The command; a placeholder without a value leaves nothing.
  package func expand(_ words: [String]) -> [String] {
    words.flatMap { word in
      Self.listName(word).map { lists[$0] ?? [] } ?? [expand(word)]
    }
  }

  /// What is wrong with a word, if anything is.
  static func fault(_ word: String) -> String? {
    if listName(word) != nil { return nil }
    var unknown: String?
    _ = replace(word) { name in
      if !textNames.contains(name) && unknown == nil { unknown = name }
      return ""
    }
    return unknown.map { name in
      listNames.contains(name)
        ? "{\(name)} is a list and must be a word of its own" : "there is no placeholder {\(name)}"
    }
  }

  private static func listName(_ word: String) -> String? {
    guard word.first == "{", word.last == "}" else { return nil }
    let name = String(word.dropFirst().dropLast())
    return listNames.contains(name) ? name : nil
  }

  private func expand(_ word: String) -> String {
    Self.replace(word) { texts[$0] ?? "" }
  }

  /// Replaces each `{letters}` once; what a value holds is not looked at again.
  private static func replace(_ word: String, _ value: (String) -> String) -> String {
    guard word.contains("{") else { return word }
    var result = ""
    var rest = word[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      let name = rest[rest.index(after: open)...].prefix { $0.isASCII && $0.isLetter }
      if !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == "}" {
        result += value(String(name))
        rest = rest[rest.index(after: name.endIndex)...]
      } else {
        result += "{"
        rest = rest[rest.index(after: open)...]
      }
    }
    return result + rest
  }
}
