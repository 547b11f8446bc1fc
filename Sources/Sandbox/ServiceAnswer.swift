/// What came back from a resident program.
public enum ServiceAnswer: Sendable, Hashable {
  /// The content of its frame.
  case answer([UInt8])
  /// It was killed, because the work ran into a limit.
  case stopped(SandboxLimit)
  /// It ended by itself, or the kernel ended it.
  case ended
}
