import CLinux
import Glibc

/// An anonymous pipe, both ends close-on-exec.
public struct Pipe: ~Copyable, Sendable {
  /// The end to read from; take it to own it alone.
  public var reading: FileDescriptor?
  /// The end to write to; take it to own it alone.
  public var writing: FileDescriptor?

  /// A new pipe.
  public init() throws(SystemCallError) {
    var ends: [Int32] = [-1, -1]
    guard rce_pipe(&ends) == 0 else { throw SystemCallError("pipe2") }
    reading = FileDescriptor(owning: ends[0])
    writing = FileDescriptor(owning: ends[1])
  }
}
