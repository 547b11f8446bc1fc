/// A rule that only code can tell: how the file of a source must be named, and what is started.
public enum SourceNaming: String, Codable, Sendable, Hashable {
  /// The file is named after its public class, and the class with `main` is started.
  case java

  /// The file that holds a source text.
  package func fileName(of code: String) -> String { JavaSource(code).fileName + ".java" }
}

extension LanguageDefinition {
  /// The file that holds a submission's code, relative to the directory that the program starts in.
  package func sourceFile(for code: String) -> String {
    naming?.fileName(of: code) ?? source
  }

  /// Whether a file beside the source is compiled along with it.
  package func isCompiled(_ file: String) -> Bool {
    extensions?.contains { file.hasSuffix($0) } ?? false
  }
}
