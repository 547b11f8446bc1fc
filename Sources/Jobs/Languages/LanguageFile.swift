import FoundationEssentials

/// Reads the entries of a file with languages and says what is wrong with them.
enum LanguageFile {
  private struct Content: Decodable {
    var version: Int
    var languages: [LanguageDefinition]
  }

  /// The entries of the file that every program carries, whose tests have read it: the check would be half of the time.
  static func uncheckedEntries(_ bytes: [UInt8]) throws -> [LanguageDefinition] {
    try JSONDecoder().decode(Content.self, from: Data(bytes)).languages
  }

  /// The entries of a file that people write.
  static func entries(_ bytes: [UInt8], _ path: String) throws(LanguageTableError) -> [LanguageDefinition] {
    let content: Content
    do {
      content = try JSONDecoder().decode(Content.self, from: Data(bytes))
      if content.version != 1 { throw LanguageTableError(path, "version must be 1, got \(content.version)") }
      try refuseUnknownKeys(bytes, content.languages, path)
    } catch let error as LanguageTableError {
      throw error
    } catch {
      throw LanguageTableError(path, sentence(error))
    }
    for language in content.languages {
      if let problem = problem(language) { throw LanguageTableError(path, "\(language.name): \(problem)") }
    }
    return content.languages
  }

  /// A misspelled key would otherwise silently be no key.
  private static func refuseUnknownKeys(
    _ bytes: [UInt8], _ languages: [LanguageDefinition], _ path: String
  ) throws {
    struct Keys: Decodable { var languages: [KeyNames] }
    let known = Set(LanguageDefinition.CodingKeys.allCases.map(\.rawValue))
    for (keys, language) in zip(try JSONDecoder().decode(Keys.self, from: Data(bytes)).languages, languages) {
      guard let unknown = keys.names.first(where: { !known.contains($0) }) else { continue }
      throw LanguageTableError(path, "\(language.name): unknown key \"\(unknown)\"")
    }
  }

  private struct KeyNames: Decodable {
    struct Name: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    var names: [String]

    init(from decoder: any Decoder) throws {
      names = try decoder.container(keyedBy: Name.self).allKeys.map(\.stringValue).sorted()
    }
  }

  private static func problem(_ language: LanguageDefinition) -> String? {
    let name = language.name
    guard name.utf8.count <= 32, name.first?.isLowercase == true,
      name.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    else { return "a name is up to 32 lower-case letters, digits and -, the first a letter" }
    if let fault = FileNameRules.fault(language.source) { return "source: \(fault)" }
    if (language.compile == nil) != (language.compiler == nil) { return "compiler and compile belong together" }
    if language.run.isEmpty { return "run is empty" }
    for range in [language.limits.wallTimeMs, language.limits.cpuTimeMs, language.limits.memoryMB]
    where range.minimum < 1 || !(range.minimum...max(range.minimum, range.maximum)).contains(range.default) {
      return "limits: expected 1 <= minimum <= default <= maximum"
    }
    let commands = [language.flags, language.compile, language.run, language.runWithFiles, language.syntaxCheck]
    let words = commands.compactMap { $0 }.joined()
    return words.lazy.compactMap(CommandTemplate.fault).first
  }

  private static func sentence(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context): "\(place(context)) needs the key \"\(key.stringValue)\""
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "\(place(context)): \(context.debugDescription)"
    case DecodingError.dataCorrupted(let context): "\(place(context)): \(context.debugDescription)"
    default: "\(error)"
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    "/" + context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "/")
  }
}
