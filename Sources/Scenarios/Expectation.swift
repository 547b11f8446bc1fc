public import Jobs

/// What should come of a job; nil is a part that may be anything.
///
/// A program that is meant to fail declares it here, and then its failure is a success of the platform.
public struct Expectation: Sendable, Hashable {
  /// The state at the end; follows from the other parts where it is not said.
  public var state: JobState
  /// Why the job should fail.
  public var error: ErrorType?
  /// Standard output, compared without a last newline on either side.
  public var stdout: String?
  /// SHA-256 of standard output in lower-case hexadecimal, with or without its last newline.
  public var stdoutSHA256: String?
  /// A part of standard output.
  public var stdoutContains: String?
  /// The program's exit code.
  public var exitCode: Int?
  /// The signal that ends the program.
  public var signal: Int?

  /// An expectation; without a state, an error, a signal or an exit code other than 0 makes it `failed`.
  public init(
    state: JobState? = nil, error: ErrorType? = nil, stdout: String? = nil, stdoutSHA256: String? = nil,
    stdoutContains: String? = nil, exitCode: Int? = nil, signal: Int? = nil
  ) {
    let fails = error != nil || signal != nil || (exitCode ?? 0) != 0
    self.state = state ?? (fails ? .failed : .completed)
    self.error = error
    self.stdout = stdout
    self.stdoutSHA256 = stdoutSHA256
    self.stdoutContains = stdoutContains
    self.exitCode = exitCode
    self.signal = signal
  }
}
