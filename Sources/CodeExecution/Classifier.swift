import HostSystem
package import Jobs
package import Sandbox

/// Turns what happened in the sandbox into a verdict; nil where all is well.
package enum Classifier {
  /// Judges a compiler's run.
  package static func compilation(_ outcome: SandboxOutcome, _ language: Language, _ limits: SandboxLimits) -> Verdict?
  {
    switch outcome.exceeded {
    case .wall:
      return Verdict(.timeout, "the compiler ran for its \(Quantity.time(limits.wall)) of wall-clock time")
    case .cpu:
      return Verdict(.timeout, "the compiler used its \(Quantity.time(limits.cpu)) of CPU time")
    case .memory:
      return Verdict(.memoryLimit, "the compiler needed more than \(Quantity.size(limits.memoryBytes))")
    case .processes:
      return Verdict(.processLimit, "the compiler needed more than \(limits.processes) processes and threads")
    case .file:
      return Verdict(.diskLimit, "the compiler wrote a file of more than \(Quantity.size(limits.fileBytes))")
    // A compiler that drowns in its own messages has found errors.
    case .output, nil: break
    }
    if outcome.end == .exited(0) && outcome.exceeded == nil { return nil }
    let line = Diagnosis.compileError(outcome.stderr) ?? "the compiler \(outcome.end.phrase)"
    return Verdict(.compileError, line)
  }

  /// Judges a program's run.
  package static func run(_ outcome: SandboxOutcome, _ language: Language, _ limits: SandboxLimits) -> Verdict? {
    if let limit = outcome.exceeded { return verdict(limit, limits) }
    if outcome.end == .exited(0) { return nil }
    // The languages' own errors for a resource that they were refused; the kernel had nothing to kill.
    switch Diagnosis.refusal(language, outcome.stderr) {
    case .memory: return verdict(.memory, limits)
    case .processes: return verdict(.processes, limits)
    case .file: return verdict(.file, limits)
    default: break
    }
    let detail = Diagnosis.runtimeError(language, outcome.stderr)
    return Verdict(.runtimeError, words(outcome.end, detail))
  }

  private static func words(_ end: ProcessEnd, _ detail: String?) -> String {
    switch (end, detail) {
    case (.exited(let code), nil): "exit code \(code)"
    case (.exited(let code), .some(let detail)): "\(detail) (exit code \(code))"
    case (.signalled(let signal), nil): SignalNames.phrase(signal)
    case (.signalled(let signal), .some(let detail)): "\(SignalNames.phrase(signal)): \(detail)"
    }
  }

  private static func verdict(_ limit: SandboxLimit, _ limits: SandboxLimits) -> Verdict {
    switch limit {
    case .wall: Verdict(.timeout, "the program ran for its \(Quantity.time(limits.wall)) of wall-clock time")
    case .cpu: Verdict(.timeout, "the program used its \(Quantity.time(limits.cpu)) of CPU time")
    case .memory: Verdict(.memoryLimit, "the program needed more than \(Quantity.size(limits.memoryBytes))")
    case .output: Verdict(.outputLimit, "the program wrote more than \(Quantity.size(limits.outputBytes))")
    case .processes:
      Verdict(.processLimit, "the program started more than \(limits.processes) processes and threads")
    case .file:
      Verdict(.diskLimit, "the program wrote more than \(Quantity.size(limits.fileBytes)) to a file or a disk")
    }
  }
}
