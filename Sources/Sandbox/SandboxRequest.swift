/// One command to run in the sandbox: everything is said here, nothing is inherited.
public struct SandboxRequest: Sendable {
  /// The program's absolute path inside the sandbox, and its arguments.
  public var command: [String]
  /// Files that are in place before the program's first instruction.
  public var files: [SandboxFile]
  /// Directories of the host that are visible inside, beyond the system's own.
  public var mounts: [SandboxMount]
  /// Working directory inside; `/box` is private, empty but for `files`, and writable.
  public var directory: String
  /// The whole environment.
  public var environment: [EnvironmentVariable]
  /// What the program reads on standard input.
  public var stdin: [UInt8]
  /// What the program may use.
  public var limits: SandboxLimits

  /// A command in an empty box.
  public init(
    _ command: [String], files: [SandboxFile] = [], mounts: [SandboxMount] = [], directory: String = "/box",
    environment: [EnvironmentVariable] = [], stdin: [UInt8] = [], limits: SandboxLimits
  ) {
    self.command = command
    self.files = files
    self.mounts = mounts
    self.directory = directory
    self.environment = environment
    self.stdin = stdin
    self.limits = limits
  }
}

/// A variable of the program's environment.
public struct EnvironmentVariable: Sendable, Hashable {
  /// The name, without `=`.
  public var name: String
  /// The value.
  public var value: String

  /// A variable with its value.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A file that is written into the sandbox before the program starts.
public struct SandboxFile: Sendable, Hashable {
  /// Absolute path inside; directories above it that do not exist are made.
  public var path: String
  /// What it holds.
  public var bytes: [UInt8]

  /// A file of the program's user, readable and writable.
  public init(_ path: String, _ bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// A directory or file of the host that is seen inside the sandbox.
public struct SandboxMount: Sendable, Hashable {
  /// Path on the host; the sandbox's host user must be able to reach it.
  public var source: String
  /// Path inside.
  public var target: String
  /// Whether the program may write there.
  public var isWritable: Bool

  /// Shows a host path inside, at the same path unless another is given.
  public init(_ source: String, at target: String? = nil, isWritable: Bool = false) {
    self.source = source
    self.target = target ?? source
    self.isWritable = isWritable
  }
}
