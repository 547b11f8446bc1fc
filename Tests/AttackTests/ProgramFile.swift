import HostSystem
import Jobs

/// A hostile program as it lies below `Programs`, with the lines that probes share in the place of their include.
enum ProgramFile {
  /// Where all programs lie.
  static let folder =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/Programs"

  /// The source text of a file in a program's folder.
  static func source(_ path: String) throws -> String {
    var text = try read(path)
    // A job is one file: what many have in common is put in before it is submitted.
    for (line, file) in [("#include \"../probe.h\"\n", "probe.h"), ("from probe import *\n", "probe.py")]
    where text.contains(line) {
      text = text.replacing(line, with: try read(file))
    }
    return text
  }

  private static func read(_ path: String) throws -> String {
    String(decoding: try FileDescriptor.open(folder + "/" + path, 0).readAll(), as: UTF8.self)
  }

  /// What a folder's program is called in a language.
  static func name(_ language: Language) -> String {
    switch language {
    case .cpp: "main.cpp"
    case .java: "Main.java"
    case .python: "main.py"
    default: "main.js"
    }
  }
}
