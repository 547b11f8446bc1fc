import CLinux
import Glibc

/// A thread of the operating system, for work that blocks or that must not share its core with Swift's task pool.
public final class NativeThread: Sendable {
  private let handle: Lock<pthread_t?>

  /// Starts a thread at once.
  ///
  /// - Parameters:
  ///   - name: shown by `ps -T`; cut to 15 bytes.
  ///   - stackSize: bytes of stack.
  public init(
    named name: String, stackSize: Int = 1 << 20, _ body: @escaping @Sendable () -> Void
  ) throws(SystemCallError) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackSize)
    let start = Unmanaged.passRetained(ThreadStart(name: String(name.utf8.prefix(15)) ?? "", body: body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { context in
        guard let context else { return nil }
        let start = Unmanaged<ThreadStart>.fromOpaque(context).takeRetainedValue()
        rce_name_thread(start.name)
        start.body()
        return nil
      }, start.toOpaque())
    guard code == 0 else {
      start.release()
      throw SystemCallError("pthread_create", name, code: code)
    }
    handle = Lock(thread)
  }

  /// Lets the calling thread go before others for a processor, where this process may (CAP_SYS_NICE, or RLIMIT_NICE);
  /// what it starts is not preferred.
  ///
  /// On Linux a nice value belongs to a thread, whatever POSIX says (setpriority(2), "C library/kernel differences").
  @discardableResult
  public static func preferCurrentThread(_ isPreferred: Bool = true) -> Bool {
    rce_prefer_thread(isPreferred ? -15 : 0, 0) == 0
  }

  /// Prefers a thread that only wakes to look after others: it also runs sooner after it woke (Linux 6.12), for which
  /// no right is needed.
  public static func preferWatchingThread() {
    guard rce_prefer_thread(-15, watchSlice) != 0 else { return }
    _ = rce_prefer_thread(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0), watchSlice)
  }

  /// Nanoseconds, the least that the kernel takes (Linux, kernel/sched/syscalls.c).
  private static let watchSlice: UInt64 = 100_000

  /// Lets every other thread go before the calling one for a processor.
  public static func deferCurrentThread() {
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
  }

  /// Waits for the thread's end; a second call returns at once.
  public func join() {
    if let thread = handle.withLock({ $0.take() }) { pthread_join(thread, nil) }
  }

  deinit {
    if let thread = handle.withLock({ $0.take() }) { pthread_detach(thread) }
  }
}

private final class ThreadStart: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}
