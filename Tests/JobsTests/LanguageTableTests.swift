import FoundationEssentials
import Jobs
import Testing

@Suite("The table of languages")
struct LanguageTableTests {
  @Test("is carried by the program, with the four languages in their order")
  func embedded() {
    #expect(LanguageTable.embedded.languages.map(\.name) == ["cpp", "java", "python", "javascript"])
    #expect(LanguageTable.embedded.languages.map(\.title) == ["C++", "Java", "Python", "JavaScript"])
    #expect(Language.allCases.starts(with: [.cpp, .java, .python, .javascript]))
    #expect(Language.cpp.title == "C++")
  }

  @Test("decides which names are languages, also in JSON")
  func names() throws {
    #expect(Language(rawValue: "python") == .python)
    #expect(Language(rawValue: "Python") == nil)
    let decoder = JSONDecoder()
    #expect(try decoder.decode([Language].self, from: Data(#"["java"]"#.utf8)) == [.java])
    #expect(throws: DecodingError.self) { try decoder.decode([Language].self, from: Data(#"["cobol"]"#.utf8)) }
    #expect(String(decoding: try JSONEncoder().encode([Language.cpp]), as: UTF8.self) == #"["cpp"]"#)
  }

  @Test("stands in the repository as programs carry it, and passes the check of every other file")
  func checked() throws {
    #expect(try LanguageTable([]).adding(PackageTable.bytes, from: "languages.json") == LanguageTable.embedded)
  }

  @Test("is read within a few milliseconds, as every program does at its start")
  func quick() throws {
    let bytes = PackageTable.bytes
    let clock = ContinuousClock()
    let best = try (0..<5).map { _ in
      try clock.measure { _ = try LanguageTable([]).adding(bytes, from: "table") }
    }.min()
    // A debug build; the release build takes a tenth.
    #expect(try #require(best) < .milliseconds(50))
  }

  private static func entry(_ change: (String, String)? = nil) -> String {
    let range = #"{"default": 2, "minimum": 1, "maximum": 3}"#
    let text = """
      {"version": 1, "languages": [{"name": "lua", "title": "Lua", "source": "main.lua",
      "runtime": {"programs": ["lua"], "package": "lua5.4"}, "run": ["{runtime}", "{source}", "{args}"],
      "limits": {"wallTimeMs": \(range), "cpuTimeMs": \(range), "memoryMB": \(range)}}]}
      """
    guard let change else { return text }
    precondition(text.contains(change.0), "\(change.0) is not in the entry")
    return text.replacing(change.0, with: change.1)
  }

  @Test("takes further entries from a file, and replaces those of the same name")
  func added() throws {
    let table = try LanguageTable.embedded.adding(Array(Self.entry().utf8), from: "more.json")
    #expect(table.languages.map(\.name) == ["cpp", "java", "python", "javascript", "lua"])
    #expect(table["lua"]?.limits.memoryMB == LimitRange(default: 2, minimum: 1, maximum: 3))
    let replaced = try table.adding(Array(Self.entry(("\"lua\", \"title\"", "\"java\", \"title\"")).utf8), from: "x")
    #expect(replaced.languages.map(\.title) == ["C++", "Lua", "Python", "JavaScript", "Lua"])
  }

  @Test(
    "says what is wrong with a file",
    arguments: [
      (("\"version\": 1", "\"version\": 2"), "version must be 1, got 2"),
      (("\"lua\", \"title\"", "\"Lua\", \"title\""), "a name is up to 32 lower-case letters"),
      (("\"run\":", "\"runs\":"), "/languages/0 needs the key \"run\""),
      (("\"title\"", "\"optoins\": [], \"title\""), "lua: unknown key \"optoins\""),
      (("{source}\"", "{sauce}\""), "lua: there is no placeholder {sauce}"),
      (("\"{args}\"", "\"-{args}\""), "lua: {args} is a list and must be a word of its own"),
      (("main.lua", "../main.lua"), "lua: source: expected no part \"..\""),
      (("\"default\": 2", "\"default\": 4"), "lua: limits: expected 1 <= minimum"),
      (("\"title\"", "\"compile\": [], \"title\""), "lua: compiler and compile belong together"),
      (("[\"lua\"]", "5"), "/languages/0/runtime/programs"), (("]}", ""), "more.json: /: "),
    ])
  func faults(_ change: (String, String), _ part: String) throws {
    let bytes = Array(Self.entry(change).utf8)
    let error = #expect(throws: LanguageTableError.self) {
      try LanguageTable.embedded.adding(bytes, from: "more.json")
    }
    #expect(error?.description.hasPrefix("more.json: ") == true)
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
  }

  @Test(
    "reads versions out of what programs print",
    arguments: [
      ("", "12.2.0\n", "12.2.0"), ("Python ", "Python 3.11.2\n", "3.11.2"), ("v", "v18.20.4\n", "18.20.4"),
      ("version \"", "openjdk version \"17.0.16\" 2025-07-15\n", "17.0.16"), ("(v", "perl 5 (v5.36.0) built", "5.36.0"),
      ("Python ", "command not found", nil), ("", "error", nil),
    ])
  func versions(_ after: String, _ output: String, _ version: String?) {
    #expect(VersionQuestion(arguments: [], after: after).version(in: output) == version)
  }
}

/// The table as its file in the repository holds it.
enum PackageTable {
  static var bytes: [UInt8] {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Jobs/Resources/languages.json")
    return [UInt8]((try? Data(contentsOf: path)) ?? Data())
  }
}
