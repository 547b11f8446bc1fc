import Glibc

/// Why a program could not start, for a person, and the exit code that says so to a script.
public struct StartFailure: Error {
  /// An option is wrong, or what it names cannot be used.
  public static let usage: Int32 = 2
  /// Redis cannot be reached.
  public static let unreachable: Int32 = 6

  /// The sentence for a person.
  public let message: String
  /// What the process exits with.
  public let exitCode: Int32

  /// A failure to start.
  public init(_ message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  /// Prints why a program ends and ends it; an error of an unknown kind exits with 1.
  public static func end(_ program: String, with error: any Error) -> Never {
    let failure = error as? StartFailure ?? StartFailure("\(error)", exitCode: 1)
    // The command line's own messages begin with "Error:".
    let line = Array("\(failure.message.hasPrefix("Error:") ? "" : "\(program): ")\(failure.message)\n".utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    exit(failure.exitCode)
  }
}
