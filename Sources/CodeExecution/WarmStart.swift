package import Jobs
package import Sandbox

/// A program on the point of being run.
package struct PreparedProgram: Sendable {
  /// What it is written in.
  package var language: Language
  /// How to start it cold, with its input and the limits of this run.
  package var request: SandboxRequest
  /// What its compiler made; nil where it runs from source.
  package var product: Product?

  /// A program.
  package init(language: Language, request: SandboxRequest, product: Product? = nil) {
    self.language = language
    self.request = request
    self.product = product
  }
}

/// A run that did not start cold.
package struct WarmRun: Sendable {
  /// What happened.
  package var outcome: SandboxOutcome
  /// How it was started.
  package var kind: StartKind
  /// The technique that `details.techniques` names for it.
  package var technique: Technique

  /// A run.
  package init(outcome: SandboxOutcome, kind: StartKind, technique: Technique) {
    self.outcome = outcome
    self.kind = kind
    self.technique = technique
  }
}

/// Something that may have a warmer start for a program than a cold one.
package protocol WarmStart: Sendable {
  /// Runs the program; nil, at once and without a trace, where it has nothing ready that fits.
  ///
  /// The outcome must be the one that a cold start would have had.
  func run(_ program: PreparedProgram) throws(SandboxError) -> WarmRun?
}
