/// Limits that a submission asks for; nil takes the platform's default.
public struct RequestedLimits: Codable, Sendable, Hashable {
  /// Wall-clock milliseconds from the program's start.
  public var wallTimeMs: Int?
  /// CPU milliseconds of the program and all its descendants together.
  public var cpuTimeMs: Int?
  /// Mebibytes of memory, page cache and tmpfs included.
  public var memoryMB: Int?

  /// A request for these limits.
  public init(wallTimeMs: Int? = nil, cpuTimeMs: Int? = nil, memoryMB: Int? = nil) {
    self.wallTimeMs = wallTimeMs
    self.cpuTimeMs = cpuTimeMs
    self.memoryMB = memoryMB
  }
}

/// The limits that a program runs under, all of them decided.
public struct ResourceLimits: Codable, Sendable, Hashable {
  /// Wall-clock milliseconds from the program's start.
  public var wallTimeMs: Int
  /// CPU milliseconds of the whole process tree.
  public var cpuTimeMs: Int
  /// Mebibytes of memory of the whole process tree.
  public var memoryMB: Int
  /// Bytes of stdout and stderr together before the program is stopped.
  public var outputBytes: Int
  /// Processes and threads alive at once.
  public var processes: Int
  /// Bytes of the largest file that the program may write.
  public var fileBytes: Int

  /// Limits with the platform's defaults where nothing else is said.
  public init(
    wallTimeMs: Int = 5_000, cpuTimeMs: Int = 5_000, memoryMB: Int = 256, outputBytes: Int = 1 << 20,
    processes: Int = 128, fileBytes: Int = 64 << 20
  ) {
    self.wallTimeMs = wallTimeMs
    self.cpuTimeMs = cpuTimeMs
    self.memoryMB = memoryMB
    self.outputBytes = outputBytes
    self.processes = processes
    self.fileBytes = fileBytes
  }

  /// These limits with a request's own in their place.
  public func applying(_ request: RequestedLimits?) -> Self {
    var limits = self
    if let value = request?.wallTimeMs { limits.wallTimeMs = value }
    if let value = request?.cpuTimeMs { limits.cpuTimeMs = value }
    if let value = request?.memoryMB { limits.memoryMB = value }
    return limits
  }
}
