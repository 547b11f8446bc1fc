/// Why the program could not start, for a person, and the exit code that says so to a script.
struct StartFailure: Error {
  /// An option is wrong, or what it names cannot be used.
  static let usage: Int32 = 2
  /// Redis cannot be reached.
  static let unreachable: Int32 = 6

  let message: String
  let exitCode: Int32

  init(_ message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }
}
