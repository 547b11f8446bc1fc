import HostSystem
import Jobs
import Sandbox

/// Finds the line of an error output that says what went wrong.
///
/// It only words a verdict, and tells the languages' own "out of memory" from other errors. What a program prints can
/// change the verdict on itself, never the limits that it ran under.
enum Diagnosis {
  /// Longer lines are cut: `error` is a sentence, the whole output is beside it.
  private static let longest = 300

  /// The first line that a compiler marks as an error.
  static func compileError(_ output: [UInt8]) -> String? {
    let lines = lines(output)
    let marked = lines.first { $0.contains("error:") || $0.contains("undefined reference") }
    return (marked ?? lines.first { !$0.isEmpty }).map(cut)
  }

  /// Whether a compiler may have ended in a way that no source is to blame for.
  static func isCompilerFailure(_ outcome: SandboxOutcome) -> Bool {
    // A broken file can make it print without end what is in there.
    if outcome.exceeded == .output { return true }
    guard outcome.exceeded == nil, outcome.end != .exited(0) else { return false }
    let signs = ["internal compiler error", "cannot read PCH file"]
    return outcome.end != .exited(1) || lines(outcome.stderr).contains { line in signs.contains(where: line.contains) }
  }

  /// The line that names the error which ended a program.
  static func runtimeError(_ language: Language, _ output: [UInt8]) -> String? {
    let lines = lines(output)
    let line: Substring? =
      switch language {
      case .cpp: terminated(lines)
      case .java: javaException(lines)
      case .javascript: javascriptError(lines)
      // Interpreters commonly end with the error.
      default: lines.last { !$0.isEmpty }
      }
    return line.map(cut)
  }

  /// The message of a syntax error with its line; nil where the output does not end in one.
  static func syntaxError(_ language: Language, _ output: [UInt8]) -> String? {
    let lines = lines(output)
    switch language {
    case .python:
      guard let last = lines.last(where: { !$0.isEmpty }) else { return nil }
      let kinds = ["SyntaxError: ", "IndentationError: ", "TabError: "]
      guard let kind = kinds.first(where: last.hasPrefix) else { return nil }
      let place = lines.last { $0.hasPrefix("  File ") }?.split(separator: ", line ").last.map { " (line \($0))" }
      return cut(last.dropFirst(kind.count)) + (last.contains("line ") ? "" : place ?? "")
    case .javascript:
      guard let line = lines.first(where: { $0.hasPrefix("SyntaxError: ") }) else { return nil }
      let place = lines.first { $0.hasPrefix("/box/main.js:") }?.split(separator: ":").last.map { " (line \($0))" }
      return cut(line.dropFirst("SyntaxError: ".count)) + (place ?? "")
    default: return nil
    }
  }

  /// The resource that a language says it was refused, in the words of its runtime.
  static func refusal(_ language: Language, _ output: [UInt8]) -> SandboxLimit? {
    guard let line = refusalLine(language, lines(output)) else { return nil }
    return Refusals.table.first { line.contains($0.words) }?.limit
  }

  private static func refusalLine(_ language: Language, _ lines: [Substring]) -> Substring? {
    switch language {
    case .cpp: terminated(lines)
    case .java: javaException(lines)
    case .javascript: lines.first { $0.hasPrefix("FATAL ERROR: ") } ?? javascriptError(lines)
    default: lines.last { !$0.isEmpty }
    }
  }

  // libstdc++: "terminate called after throwing an instance of 'TYPE'", then "  what():  TEXT".
  private static func terminated(_ lines: [Substring]) -> Substring? {
    guard let index = lines.lastIndex(where: { $0.hasPrefix("terminate called ") }) else { return nil }
    guard index + 1 < lines.count, lines[index + 1].hasPrefix("  what():") else { return lines[index] }
    let type = lines[index].split(separator: "'").dropFirst().first ?? ""
    return "\(type): \(lines[index + 1].dropFirst("  what():".count).drop { $0 == " " })"
  }

  // "Exception in thread "main" TYPE: TEXT", or the launcher's "Error: TEXT".
  private static func javaException(_ lines: [Substring]) -> Substring? {
    for line in lines {
      if line.hasPrefix("Exception in thread \""), let quote = line.firstRange(of: "\" ") {
        return line[quote.upperBound...]
      }
      if line.hasPrefix("Error: ") { return line.dropFirst("Error: ".count) }
    }
    return nil
  }

  // Node prints the source line, a caret, an empty line, then the error and its stack.
  private static func javascriptError(_ lines: [Substring]) -> Substring? {
    if let index = lines.firstIndex(where: { $0.hasPrefix("    at ") }), index > 0 {
      return lines[..<index].last { !$0.isEmpty && !$0.hasPrefix(" ") }
    }
    return lines.first { $0.hasPrefix("Uncaught ") || $0.contains("Error: ") }
  }

  private static func lines(_ output: [UInt8]) -> [Substring] {
    String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func cut(_ line: Substring) -> String {
    line.count > longest ? line.prefix(longest) + "..." : String(line)
  }
}

/// How runtimes word that the system refused them something.
enum Refusals {
  /// Longer words first where one holds the other.
  static let table: [(words: String, limit: SandboxLimit)] = [
    ("OutOfMemoryError: unable to create native thread", .processes),
    ("java.lang.OutOfMemoryError", .memory),
    ("JavaScript heap out of memory", .memory),
    ("Array buffer allocation failed", .memory),
    ("std::bad_alloc", .memory),
    ("MemoryError", .memory),
    ("can't start new thread", .processes),
    ("Resource temporarily unavailable", .processes),
    ("No space left on device", .file),
    ("no space left on device", .file),
    ("File too large", .file),
    ("file too large", .file),
  ]
}
