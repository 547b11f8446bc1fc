public import Jobs
public import Sandbox

/// The programs of one language, found on this machine.
public struct Toolchain: Sendable, Hashable {
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
  private let found: [Language: Result<Toolchain, ToolchainError>]

  package init(_ found: [Language: Result<Toolchain, ToolchainError>]) {
    self.found = found
  }

  /// The toolchain of a language.
  public subscript(language: Language) -> Result<Toolchain, ToolchainError> {
    found[language] ?? .failure(ToolchainError(description: "no toolchain for \(language.title)"))
  }

  /// Looks for all toolchains, by names and links only: nothing is started.
  ///
  /// - Parameters:
  ///   - searchPath: the value of PATH; `/usr/bin` always comes first.
  ///   - user: the host user that must be able to read them; nil where it is the caller's own.
  public static func ofHost(searchPath: String, readableBy user: UInt32?) -> Self {
    let directories = ["/usr/bin"] + searchPath.split(separator: ":").map(String.init)
    let search = ToolchainSearch(directories: directories, user: user)
    var found: [Language: Result<Toolchain, ToolchainError>] = [:]
    for language in Language.allCases {
      found[language] = Result { () throws(ToolchainError) in try search.toolchain(for: language) }
    }
    return Self(found)
  }
}

extension ToolchainSearch {
  func toolchain(for language: Language) throws(ToolchainError) -> Toolchain {
    switch language {
    case .cpp:
      let compiler = try program(["g++", "c++"], package: "g++")
      return Toolchain(
        compiler: compiler, runtime: nil, mounts: tree(of: compiler), hasGold: hasSystemProgram("ld.gold"),
        hasMold: hasSystemProgram("ld.mold") && Linker.isKnown(.mold, to: compiler))
    case .java:
      let compiler = try program(["javac"], package: "openjdk-17-jdk-headless")
      // The virtual machine of the same JDK: PATH may name another one first.
      let runtime = compiler.droppingLastComponent + "/java"
      return Toolchain(
        compiler: compiler, runtime: runtime, mounts: tree(of: compiler) + settings(ofJDK: compiler))
    case .python:
      let runtime = try program(["python3"], package: "python3")
      return Toolchain(compiler: nil, runtime: runtime, mounts: tree(of: runtime))
    case .javascript:
      let runtime = try program(["node", "nodejs"], package: "nodejs")
      return Toolchain(compiler: nil, runtime: runtime, mounts: tree(of: runtime))
    }
  }
}
