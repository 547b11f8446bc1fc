/// Which environment a process is started for, and what only that one is told.
package struct EnvironmentStart: Sendable, Hashable {
  package var environment: EnvironmentID
  /// The address of its Runtime API, with the secret in its path.
  package var api: String
  /// Its name in logs and results.
  package var name: String
  /// How it came to be.
  package var type: InitializationType

  package init(environment: EnvironmentID, api: String, name: String, type: InitializationType = .onDemand) {
    self.environment = environment
    self.api = api
    self.name = name
    self.type = type
  }
}
