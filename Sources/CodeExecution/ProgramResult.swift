import HostSystem
import Jobs
import Sandbox

/// What came of one run of a program.
struct ProgramResult: Sendable {
  /// What happened; nil where it was not even started.
  var outcome: SandboxOutcome?
  /// Why it failed; nil where it did not.
  var verdict: Verdict?
  /// How it was started.
  var start: StartKind

  /// The run as one of a list.
  var run: ProgramRun {
    let details = outcome.map { ExecutionDetails($0, nil) } ?? ExecutionDetails()
    return ProgramRun(
      errorType: verdict?.errorType, error: verdict?.sentence, exitCode: details.exitCode, signal: details.signal,
      stdout: details.stdout, stderr: details.stderr, truncated: details.truncated, cpuTimeMs: details.cpuTimeMs,
      wallTimeMs: details.wallTimeMs, peakMemoryBytes: details.peakMemoryBytes, start: start)
  }
}

extension ExecutionDetails {
  /// What happened, in the terms of a job's status.
  init(_ outcome: SandboxOutcome, _ report: SandboxReport?) {
    self.init(
      stdout: CapturedOutput(outcome.stdout), stderr: CapturedOutput(outcome.stderr), truncated: outcome.truncated,
      cpuTimeMs: outcome.cpu.roundedMilliseconds, wallTimeMs: outcome.wall.roundedMilliseconds,
      peakMemoryBytes: outcome.peakMemoryBytes, sandbox: report)
    switch outcome.end {
    case .exited(let code): exitCode = Int(code)
    case .signalled(let number): signal = Int(number)
    }
  }
}

extension Duration {
  /// Milliseconds, to the microsecond.
  fileprivate var roundedMilliseconds: Double {
    (self / .microseconds(1)).rounded() / 1_000
  }
}
