import ArgumentParser

extension CompletionKind {
  /// Runs below reports/runs, `latest` too, for shells.
  static let runs = CompletionKind.shellCommand("ls reports/runs 2>/dev/null; echo latest")
  /// Scenario files.
  static let scenarios = CompletionKind.file(extensions: ["yaml", "yml"])
}

extension ArgumentHelp {
  /// Of the argument that names a stored run.
  static let storedRun = ArgumentHelp(
    "The run: a folder, a run.sqlite, the beginning of an id below reports/runs, or latest.", valueName: "run")
}
