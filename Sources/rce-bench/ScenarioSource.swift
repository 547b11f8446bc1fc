import HostSystem
import Scenarios

/// A scenario file with everything that the command line and the environment change in it.
struct ScenarioSource {
  let path: String
  let target: String?
  let overrides: [String]

  /// Reads and checks the scenario.
  func read() throws(ScenarioError) -> Scenario {
    try Scenario(document())
  }

  /// The scenario's text with every change, before it is checked.
  func document() throws(ScenarioError) -> ScenarioDocument {
    let changes = overrides + (target.map { ["target=\($0)"] } ?? [])
    return try ScenarioDocument(path: path, environment: ProcessEnvironment.byName, overrides: changes)
  }

  /// The command line without what may be a secret: values of headers, and passwords in URLs.
  static var redactedCommandLine: [String] {
    CommandLine.arguments.enumerated().map { index, argument in
      let name = argument.prefix { $0 != "=" }.lowercased()
      let words = ["header", "auth", "token", "password", "secret", "key"]
      if argument.contains("="), words.contains(where: name.contains) { return "\(name)=***" }
      guard let scheme = argument.firstRange(of: "://"),
        let at = argument[scheme.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
      else { return index == 0 ? "rce-bench" : argument }
      return argument[..<scheme.upperBound] + "***" + argument[at...]
    }
  }
}
