import HostSystem

/// A program that stays in a sandbox of its own and answers one piece of work after the other.
///
/// It ends with the supervisor at the latest; with bubblewrap, with the thread that started it.
public final class SandboxService: Sendable {
  private let supervision: Lock<Supervision?>
  private let group: ControlGroup?

  init(_ supervision: consuming Supervision, _ group: ControlGroup?) {
    self.supervision = Lock(supervision)
    self.group = group
  }

  /// Whether it waits for work: false while it is at some, and once it has ended.
  public var isReady: Bool {
    supervision.withLock { $0?.isAlive ?? false }
  }

  /// Sends the content of a frame and waits for the one that comes back; nil where it is at other work, or has ended.
  ///
  /// After any answer but a frame the program is gone.
  ///
  /// - Parameter limits: its time limits count from this call on, and its output limit is that of the answer; the
  ///   others stay as they were at the start.
  public func exchange(_ content: [UInt8], limits: SandboxLimits) throws(SandboxError) -> ServiceAnswer? {
    guard var supervision = supervision.withLock({ $0.take() }) else { return nil }
    let answer: ServiceAnswer
    do throws(SandboxError) {
      answer = try supervision.exchange(Frame.bytes(content), limits)
    } catch {
      try SandboxWorker.end(supervision, group)
      throw error
    }
    guard case .answer = answer else {
      try SandboxWorker.end(supervision, group)
      return answer
    }
    var kept: Supervision? = consume supervision
    self.supervision.withLock { $0 = kept.take() }
    return answer
  }

  /// Kills it; where it is at work, that is left to end first.
  public func stop() throws(SandboxError) {
    if let supervision = supervision.withLock({ $0.take() }) { try SandboxWorker.end(supervision, group) }
  }

  deinit { try? stop() }
}
