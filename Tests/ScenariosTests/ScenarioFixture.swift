import HostSystem
import Scenarios

/// A scenario's text in which each part can be replaced.
struct ScenarioFixture {
  var head = "version: 1\nname: fixture\n"
  var mix = "mix:\n  - { name: hello, language: python, code: \"print('hello')\" }\n"
  var arrivals = """
    arrivals:
      process: uniform
      phases:
        - { name: steady, kind: constant, rate: 20/s, for: 10s }

    """
  var rest = ""

  var text: String { head + mix + arrivals + rest }

  func read(
    environment: [String: String] = [:], overrides: [String] = [], directory: String = ""
  ) throws(ScenarioError) -> Scenario {
    try Scenario(
      ScenarioDocument(
        text: text, name: "test.yaml", directory: directory, environment: environment, overrides: overrides))
  }

  /// What reading the text complains of, one line a problem.
  func complaint(environment: [String: String] = [:], overrides: [String] = []) -> String? {
    do {
      _ = try read(environment: environment, overrides: overrides)
      return nil
    } catch {
      return error.description
    }
  }
}
