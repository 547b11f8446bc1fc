public import Jobs
public import Sandbox

/// The programs of one language, found on this machine.
public struct Toolchain: Sendable, Hashable {
  /// The language's entry in the table.
  public var language: LanguageDefinition
  /// The compiler, where programs are compiled before they run.
  public var compiler: String?
  /// The interpreter or virtual machine; nil where programs run by themselves.
  public var runtime: String?
  /// Host directories that the two need beyond `/usr`.
  public var mounts: [SandboxMount]
  /// Whether the linker gold stands where the compiler looks for it.
  public var hasGold = false
  /// Whether the linker mold stands there, and the compiler knows of it.
  public var hasMold = false

  package init(
    language: LanguageDefinition, compiler: String?, runtime: String?, mounts: [SandboxMount], hasGold: Bool = false,
    hasMold: Bool = false
  ) {
    self.language = language
    self.compiler = compiler
    self.runtime = runtime
    self.mounts = mounts
    self.hasGold = hasGold
    self.hasMold = hasMold
  }
}

/// A language cannot be offered on this machine: what is missing and how to get it.
public struct ToolchainError: Error, CustomStringConvertible, Sendable, Hashable {
  /// The sentence for a person.
  public let description: String

  /// An error with its sentence.
  public init(description: String) {
    self.description = description
  }
}

/// What each language has to offer on this machine; a missing toolchain is a fact about one language only.
public struct Toolchains: Sendable {
  /// The languages that were looked for.
  public let languages: LanguageTable
  private let found: [Language: Result<Toolchain, ToolchainError>]

  package init(
    _ found: [Language: Result<Toolchain, ToolchainError>], languages: LanguageTable = .current
  ) {
    self.found = found
    self.languages = languages
  }

  /// The toolchain of a language.
  public subscript(language: Language) -> Result<Toolchain, ToolchainError> {
    found[language] ?? .failure(ToolchainError(description: "no toolchain for \(language.title)"))
  }

  /// Looks for the toolchains of all languages, by names and links only: nothing is started.
  ///
  /// - Parameters:
  ///   - searchPath: the value of PATH; `/usr/bin` always comes first.
  ///   - user: the host user that must be able to read them; nil where it is the caller's own.
  public static func ofHost(
    searchPath: String, readableBy user: UInt32?, languages: LanguageTable = .current
  ) -> Self {
    let directories = ["/usr/bin"] + searchPath.split(separator: ":").map(String.init)
    let search = ToolchainSearch(directories: directories, user: user)
    var found: [Language: Result<Toolchain, ToolchainError>] = [:]
    for definition in languages.languages {
      found[definition.language] = Result { () throws(ToolchainError) in try search.toolchain(for: definition) }
    }
    return Self(found, languages: languages)
  }
}

extension ToolchainSearch {
  func toolchain(for language: LanguageDefinition) throws(ToolchainError) -> Toolchain {
    do throws(ToolchainError) {
      let compiler = try language.compiler.map { tool throws(ToolchainError) in try program(tool) }
      let runtime = try language.runtime.map { tool throws(ToolchainError) in
        // PATH may name the virtual machine of another installation first.
        if tool.besideCompiler == true, let compiler { return try program(tool, beside: compiler) }
        return try program(tool)
      }
      return Toolchain(
        language: language, compiler: compiler, runtime: runtime, mounts: mounts([compiler, runtime]),
        hasGold: language.language == .cpp && hasSystemProgram("ld.gold"),
        hasMold: language.language == .cpp && hasSystemProgram("ld.mold")
          && Linker.isKnown(.mold, to: compiler ?? ""))
    } catch {
      throw ToolchainError(description: "\(language.title): \(error)")
    }
  }

  private func program(_ tool: ToolProgram) throws(ToolchainError) -> String {
    try program(tool.programs, package: tool.package)
  }

  private func program(_ tool: ToolProgram, beside compiler: String) throws(ToolchainError) -> String {
    try ToolchainSearch(directories: [compiler.droppingLastComponent], user: user)
      .program(tool.programs, package: tool.package)
  }

  /// What the programs need of the host beyond `/usr`, each directory once.
  private func mounts(_ programs: [String?]) -> [SandboxMount] {
    var mounts: [SandboxMount] = []
    for path in programs.compactMap({ $0 }) {
      mounts += (tree(of: path) + settings(ofJDK: path)).filter { !mounts.contains($0) }
    }
    return mounts
  }
}
