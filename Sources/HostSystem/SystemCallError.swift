public import Glibc

/// A system call that failed: what was tried, on what, and what the kernel answered.
public struct SystemCallError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The call, for example `open`.
  public let call: String
  /// What it was applied to, for example a path; empty where the call says enough.
  public let subject: String
  /// The error number (errno.h).
  public let code: Int32

  /// Describes a failed call; `code` defaults to the calling thread's errno.
  public init(_ call: String, _ subject: String = "", code: Int32 = errno) {
    self.call = call
    self.subject = subject
    self.code = code
  }

  /// The call, its subject and the kernel's reason in one line.
  public var description: String {
    let reason = String(cString: strerror(code))
    return subject.isEmpty ? "\(call): \(reason)" : "\(call) \(subject): \(reason)"
  }
}
