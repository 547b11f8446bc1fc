import HostSystem

/// A program that was started ahead in a sandbox of its own and now waits, blocked on its standard input.
///
/// It does one piece of work and is gone. While it waits, no thread is occupied and nothing wakes up. It ends
/// with the supervisor at the latest; with bubblewrap, with the thread that started it, which must live as long.
public final class SandboxWorker: Sendable {
  private let supervision: Lock<Supervision?>
  private let group: ControlGroup?

  init(_ supervision: consuming Supervision, _ group: ControlGroup?) {
    self.supervision = Lock(supervision)
    self.group = group
  }

  /// Whether it still waits for work; one that has died meanwhile is only noticed by asking.
  public var isReady: Bool {
    supervision.withLock { $0?.isAlive ?? false }
  }

  /// Gives the program its input, and returns when every process of it is gone; a second call is an error.
  ///
  /// Time counts from this call on. The memory and the file size are limited as at the worker's start, whatever is said
  /// here; and memory that it held at its start counts, as it would in a program that boots for this work alone.
  ///
  /// - Parameter input: all that will come on its standard input.
  public func run(_ input: [UInt8], limits: SandboxLimits) throws(SandboxError) -> SandboxOutcome {
    guard var supervision = supervision.withLock({ $0.take() }) else {
      throw SandboxError(.setup, "a worker has been used already")
    }
    do throws(SystemCallError) {
      try group?.allow(processes: limits.processes)
    } catch {
      try Self.end(supervision, group)
      throw SandboxError(.setup, "a worker's limits cannot be set: \(error)")
    }
    supervision.go(input, limits, isLast: true)
    let result: Result<SandboxOutcome, SandboxError>
    do throws(SandboxError) {
      result = .success(try supervision.finish())
    } catch {
      result = .failure(error)
    }
    try group?.removeWithEverything()
    return try result.get()
  }

  /// Kills it unless it has been used.
  public func stop() throws(SandboxError) {
    if let supervision = supervision.withLock({ $0.take() }) { try Self.end(supervision, group) }
  }

  static func end(_ supervision: consuming Supervision, _ group: ControlGroup?) throws(SandboxError) {
    let result: Result<Void, SandboxError>
    do throws(SandboxError) {
      result = .success(try supervision.abandon())
    } catch {
      result = .failure(error)
    }
    try group?.removeWithEverything()
    return try result.get()
  }

  deinit { try? stop() }
}
