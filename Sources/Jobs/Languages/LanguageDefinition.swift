/// An entry of the table of languages: everything about a language that is data.
///
/// Commands are lists of words with placeholders, see `CommandTemplate`. What can only be code (Java's rule that a file
/// is named after its class, how a runtime words its errors) is keyed by `naming` or by the name.
public struct LanguageDefinition: Codable, Sendable, Hashable {
  /// The name that travels in requests: lower-case letters, digits and `-`, the first a letter.
  public var name: String
  /// The name that people write.
  public var title: String
  /// The file that holds a submission's `code`.
  public var source: String
  /// How the file is named where it is not always `source`.
  public var naming: SourceNaming?
  /// How the names of files end that are compiled along with the source, for example `[".cpp"]`.
  public var extensions: [String]?
  /// The compiler; nil where programs run from source.
  public var compiler: ToolProgram?
  /// The interpreter or virtual machine; nil where programs run by themselves.
  public var runtime: ToolProgram?
  /// What every program is compiled with.
  public var flags: [String]?
  /// The command that makes the product; nil where there is no compiler.
  public var compile: [String]?
  /// The command that runs the program.
  public var run: [String]
  /// The same where files are beside the source, if it differs.
  public var runWithFiles: [String]?
  /// A command that exits with 65 where the source is not a program of the language at all.
  public var syntaxCheck: [String]?
  /// How much of the memory limit the runtime is told to use.
  public var heap: HeapShare?
  /// Variables beyond those that every program gets.
  public var environment: [String: String]?
  /// The compiler options that a submission may name, see `OptionRules`.
  public var options: [String]?
  /// What a program gets where it asks for nothing, and what it may ask for.
  public var limits: LanguageLimits

  enum CodingKeys: String, CodingKey, CaseIterable {
    case name, title, source, naming, extensions, compiler, runtime, flags, compile, run, runWithFiles, syntaxCheck
    case heap, environment, options, limits
  }

  /// The language that the entry describes.
  public var language: Language { Language(named: name) }

  /// The command that runs a program with or without files beside its source.
  package func runCommand(withFiles: Bool) -> [String] {
    withFiles ? runWithFiles ?? run : run
  }
}

/// A compiler or a runtime: how to find it and how to ask it for its version.
public struct ToolProgram: Codable, Sendable, Hashable {
  /// Names that it may have, the best first.
  public var programs: [String]
  /// Whether it is looked for beside the compiler only, so that the two belong together.
  public var besideCompiler: Bool?
  /// The Debian package that holds it.
  public var package: String
  /// How it tells its version.
  public var version: VersionQuestion?
}

/// How a program is asked for its version.
public struct VersionQuestion: Codable, Sendable, Hashable {
  /// The arguments that make it tell.
  public var arguments: [String]
  /// The text that the version follows in what it prints.
  public var after: String

  /// A question.
  public init(arguments: [String], after: String) {
    self.arguments = arguments
    self.after = after
  }

  /// The version in what the program printed, up to the next blank, quotation mark, comma or bracket; nil where it is
  /// not there.
  package func version(in output: String) -> String? {
    let start = after.isEmpty ? output.startIndex : output.firstRange(of: after)?.upperBound
    guard let start else { return nil }
    let word = output[start...].prefix { !$0.isWhitespace && !"\",;()".contains($0) }
    return word.first?.isNumber == true ? String(word.prefix(40)) : nil
  }
}

/// The heap that a runtime is told to keep within, so that a program which hoards objects gets its language's own error.
///
/// `max(least, memory - reserve - memory * percent / 100)`, in mebibytes: the reserve is for the runtime itself.
public struct HeapShare: Codable, Sendable, Hashable {
  /// The least that a runtime starts with.
  public var leastMB: Int
  /// What the runtime itself needs.
  public var reserveMB: Int
  /// What grows with the heap, for example the collector's tables.
  public var reservePercent: Double

  /// The heap under a memory limit.
  package func heapMB(memoryMB: Int) -> Int {
    max(leastMB, memoryMB - reserveMB - Int(Double(memoryMB) * reservePercent / 100))
  }
}
