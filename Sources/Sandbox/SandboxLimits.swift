/// What a program in the sandbox may use at most.
public struct SandboxLimits: Sendable, Hashable {
  /// Wall-clock time from the program's start.
  public var wall: Duration
  /// CPU time of the program and all its descendants together.
  public var cpu: Duration
  /// Bytes of memory of the whole process tree, its private file systems included.
  public var memoryBytes: Int
  /// Bytes of standard output and standard error together.
  public var outputBytes: Int
  /// Processes and threads alive at once.
  public var processes: Int
  /// Bytes of the largest file, and of each private file system.
  public var fileBytes: Int

  /// These limits.
  public init(
    wall: Duration, cpu: Duration, memoryBytes: Int, outputBytes: Int, processes: Int, fileBytes: Int
  ) {
    self.wall = wall
    self.cpu = cpu
    self.memoryBytes = memoryBytes
    self.outputBytes = outputBytes
    self.processes = processes
    self.fileBytes = fileBytes
  }
}

/// A limit that a program ran into.
public enum SandboxLimit: String, Sendable, Hashable, CaseIterable {
  case wall
  case cpu
  case memory
  case output
  case processes
  /// A file grew to the limit and its writer died of SIGXFSZ.
  case file
}
