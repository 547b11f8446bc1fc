public import Glibc
public import HostSystem

/// A process that dies with the test that started it, even if that is killed.
///
/// The kernel sends the parent-death signal when the *thread* that started the child ends, and threads of a task pool
/// come and go. So each process has a thread of its own that starts it, waits for it and lives exactly as long.
public final class OwnedProcess: Sendable {
  private let shared: Shared
  private let thread: NativeThread

  private final class Shared: Sendable {
    let start = Lock<Start?>(nil)
    let end = Lock<ProcessEnd?>(nil)
  }

  private enum Start {
    case running(RunningChild)
    case failed(SystemCallError)
  }

  private final class RunningChild: Sendable {
    let child: ChildProcess

    init(_ child: consuming ChildProcess) {
      self.child = child
    }
  }

  /// Starts a process that is killed when this process ends.
  public init(_ request: ProcessRequest) throws(ServiceError) {
    var request = request
    request.parentDeathSignal = SIGKILL
    let shared = Shared()
    do throws(SystemCallError) {
      thread = try NativeThread(named: "owner") { [request] in Self.own(request, shared) }
    } catch {
      throw ServiceError("cannot start \(request.path): \(error)")
    }
    self.shared = shared
    if case .failed(let error)? = shared.start.wait({ $0 }) {
      throw ServiceError("cannot start \(request.path): \(error)")
    }
  }

  private static func own(_ request: ProcessRequest, _ shared: Shared) {
    do throws(SystemCallError) {
      let running = RunningChild(try ChildProcess(request))
      shared.start.withLock { $0 = .running(running) }
      shared.start.notifyAll()
      let end = try? running.child.wait().end
      shared.end.withLock { $0 = end }
    } catch {
      shared.start.withLock { $0 = .failed(error) }
      shared.start.notifyAll()
    }
  }

  /// The process id.
  public var id: Int32 { running?.child.id ?? -1 }

  /// Whether the process has ended by then; 0 does not wait.
  public func hasEnded(within milliseconds: Int32 = 0) -> Bool {
    running?.child.hasEnded(within: milliseconds) ?? true
  }

  /// Waits for the end and tells how it came; nil where it has not come by then.
  public func waitForEnd(within milliseconds: Int32) -> ProcessEnd? {
    guard hasEnded(within: milliseconds) else { return nil }
    thread.join()
    return shared.end.withLock { $0 }
  }

  /// Sends a signal.
  public func signal(_ number: Int32) {
    running?.child.signal(number)
  }

  /// Sends a signal that ends the process, and waits for its end.
  public func end(by signal: Int32 = SIGKILL) {
    self.signal(signal)
    thread.join()
  }

  deinit { end() }

  private var running: RunningChild? {
    if case .running(let child)? = shared.start.withLock({ $0 }) { child } else { nil }
  }
}
