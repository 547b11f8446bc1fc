import ArgumentParser

extension CompletionKind {
  /// Runs below reports/runs, `latest` too, for shells.
  static let runs = CompletionKind.shellCommand("ls reports/runs 2>/dev/null; echo latest")
  /// Scenario files.
  static let scenarios = CompletionKind.file(extensions: ["yaml", "yml"])
}
