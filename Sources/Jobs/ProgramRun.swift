/// One run of a program that was compiled once for a list of inputs.
public struct ProgramRun: Codable, Sendable, Hashable {
  /// Why the run failed; nil where the program ran to its end and returned 0.
  public var errorType: ErrorType?
  /// The sentence for a person, starting with its kind; nil where the run succeeded.
  public var error: String?
  /// The program's exit code; nil where a signal ended it.
  public var exitCode: Int?
  /// The signal that ended the program.
  public var signal: Int?
  /// What the program wrote to standard output, up to the cap.
  public var stdout: CapturedOutput
  /// What the program wrote to standard error, up to the cap.
  public var stderr: CapturedOutput
  /// Output was cut at the cap.
  public var truncated: Bool
  /// CPU milliseconds of the run's whole process tree.
  public var cpuTimeMs: Double
  /// Wall-clock milliseconds.
  public var wallTimeMs: Double
  /// The most memory that the process tree held at once.
  public var peakMemoryBytes: Int
  /// How the run was started.
  public var start: StartKind

  /// A run with these figures.
  public init(
    errorType: ErrorType? = nil, error: String? = nil, exitCode: Int? = nil, signal: Int? = nil,
    stdout: CapturedOutput = .init(), stderr: CapturedOutput = .init(), truncated: Bool = false, cpuTimeMs: Double = 0,
    wallTimeMs: Double = 0, peakMemoryBytes: Int = 0, start: StartKind = .cold
  ) {
    self.errorType = errorType
    self.error = error
    self.exitCode = exitCode
    self.signal = signal
    self.stdout = stdout
    self.stderr = stderr
    self.truncated = truncated
    self.cpuTimeMs = cpuTimeMs
    self.wallTimeMs = wallTimeMs
    self.peakMemoryBytes = peakMemoryBytes
    self.start = start
  }
}
