public import HostSystem

/// What happened to a command in the sandbox; a program that misbehaves is an outcome, never an error.
public struct SandboxOutcome: Sendable, Hashable {
  /// How the program ended; where the supervisor stopped it, killed by signal 9.
  public var end: ProcessEnd
  /// The limit that it ran into; nil where it ended by itself and within its limits.
  public var exceeded: SandboxLimit?
  /// Standard output, byte for byte, up to the cap.
  public var stdout: [UInt8]
  /// Standard error, byte for byte, up to the cap.
  public var stderr: [UInt8]
  /// The program wrote more than the cap; the rest is gone.
  public var truncated: Bool
  /// Wall-clock time from the program's start to its end.
  public var wall: Duration
  /// CPU time of the whole process tree.
  public var cpu: Duration
  /// The most memory that the process tree held at once, in bytes.
  public var peakMemoryBytes: Int
  /// How rce-jail itself ended where there are no namespaces; nil elsewhere.
  var jailEnd: ProcessEnd?

  /// An outcome, also one of a program that did its work in another way than `Sandbox.run`.
  package init(
    end: ProcessEnd, exceeded: SandboxLimit? = nil, stdout: [UInt8] = [], stderr: [UInt8] = [], truncated: Bool = false,
    wall: Duration = .zero, cpu: Duration = .zero, peakMemoryBytes: Int = 0
  ) {
    self.end = end
    self.exceeded = exceeded
    self.stdout = stdout
    self.stderr = stderr
    self.truncated = truncated
    self.wall = wall
    self.cpu = cpu
    self.peakMemoryBytes = peakMemoryBytes
  }
}
