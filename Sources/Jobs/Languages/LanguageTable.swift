import FoundationEssentials

/// The languages that this process knows, from one data file.
///
/// The file is embedded in every program. Where the environment variable `RCE_LANGUAGES` names another file, its
/// entries are added, and replace those of the same name.
public struct LanguageTable: Sendable, Hashable {
  /// The entries in the order in which languages are listed.
  public private(set) var languages: [LanguageDefinition]
  private var positions: [String: Int] = [:]

  /// The environment variable that names a file with further entries.
  public static let variable = "RCE_LANGUAGES"

  /// A table of these entries; a later one replaces an earlier one of the same name.
  package init(_ definitions: [LanguageDefinition]) {
    languages = []
    for definition in definitions {
      if let position = positions[definition.name] {
        languages[position] = definition
      } else {
        positions[definition.name] = languages.count
        languages.append(definition)
      }
    }
  }

  /// The entry of a name.
  public subscript(name: String) -> LanguageDefinition? {
    positions[name].map { languages[$0] }
  }

  /// The entry of a language.
  public subscript(language: Language) -> LanguageDefinition? { self[language.rawValue] }

  /// This table with the entries of a file's text.
  package func adding(_ bytes: [UInt8], from path: String) throws(LanguageTableError) -> Self {
    Self(languages + (try LanguageFile.entries(bytes, path)))
  }

  /// The table that every program carries.
  public static let embedded: Self = {
    do {
      return Self(try LanguageFile.uncheckedEntries(PackageResources.languages_json))
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// The table that this process uses, or why the file with further entries cannot be used.
  ///
  /// Programs ask once at their start; whoever goes on after a failure has the embedded table.
  public static let selected: Result<Self, LanguageTableError> = Result { () throws(LanguageTableError) in
    guard let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty else { return embedded }
    guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
      throw LanguageTableError(path, "cannot be read")
    }
    return try embedded.adding([UInt8](bytes), from: path)
  }

  /// The table that this process uses.
  public static let current: Self = (try? selected.get()) ?? embedded
}

/// A file with languages cannot be used.
public struct LanguageTableError: Error, CustomStringConvertible, Sendable, Hashable {
  /// The file.
  public let path: String
  /// What is wrong with it.
  public let problem: String

  init(_ path: String, _ problem: String) {
    self.path = path
    self.problem = problem
  }

  /// The sentence for a person.
  public var description: String { "\(path): \(problem)" }
}
