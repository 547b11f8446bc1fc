public import ArgumentParser
import Glibc

/// Options out of the environment, put before those of the command line.
public enum OptionEnvironment {
  /// Reads a program's options: its command line first (all of it unless said otherwise), then variables such as
  /// `RCE_API_CODE_DIRECTORY`.
  ///
  /// `--help` and `--version` are printed and end the process.
  public static func parse<Options: ParsableCommand>(
    _ options: Options.Type, prefix: String, _ commandLine: [String] = Array(CommandLine.arguments.dropFirst())
  ) throws(StartFailure) -> Options {
    let environment = arguments(besides: commandLine, namedIn: Options.helpMessage(), prefix: prefix) { name in
      getenv(name).map { String(cString: $0) }
    }
    do {
      return try Options.parse(environment + commandLine)
    } catch {
      let message = Options.fullMessage(for: error)
      guard Options.exitCode(for: error) == .success else {
        throw StartFailure(message, exitCode: StartFailure.usage)
      }
      print(message)
      exit(0)
    }
  }

  /// The arguments that variables stand for, where the command line does not say.
  ///
  /// - Parameter help: the help text, which names every option.
  package static func arguments(
    besides commandLine: [String], namedIn help: String, prefix: String, reading variable: (String) -> String?
  ) -> [String] {
    let flags = flags(in: help)
    return names(in: help).flatMap { name -> [String] in
      let isGiven = commandLine.contains { $0 == name || $0.hasPrefix("\(name)=") }
      guard !isGiven, let value = variable(prefix + self.variable(of: name)) else { return [] }
      guard flags.contains(name) else { return ["\(name)=\(value)"] }
      switch value.lowercased() {
      case "1", "true", "yes", "on": return [name]
      case "", "0", "false", "no", "off": return []
      // A flag takes no value, and the parser says so with its name.
      default: return ["\(name)=\(value)"]
      }
    }
  }

  /// Options without a value, which stand alone before their description.
  private static func flags(in help: String) -> Set<String> {
    Set(
      help.split(separator: "\n").filter { $0.hasPrefix("  --") }.compactMap { line in
        let words = line.split(separator: " ")
        return words.count > 1 && words[1].hasPrefix("<") ? nil : words.first.map(String.init)
      })
  }

  private static func names(in help: String) -> [String] {
    let words = help.split { " \n,()[]".contains($0) }.filter { $0.hasPrefix("--") && $0.count > 2 }
    return Set(words.map(String.init)).subtracting(["--help", "--version"]).sorted()
  }

  private static func variable(of name: String) -> String {
    name.dropFirst(2).uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
  }
}
