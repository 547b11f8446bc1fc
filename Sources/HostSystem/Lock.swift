import Glibc

/// A value that one thread at a time may touch, with a condition to wait on.
///
/// A pthread mutex and not `Synchronization.Mutex`: on Swift 6.3 the latter spins on a priority-inheritance futex and
/// collapses when threads outnumber cores (swiftlang/swift#88440), and ThreadSanitizer cannot see its hand-over.
public final class Lock<Value: ~Copyable>: @unchecked Sendable {
  // Proof of sendability: `value` is reached only inside `withLock` and `wait`, which hold the mutex.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var value: Value

  /// Guards a value.
  public init(_ value: consuming sending Value) {
    self.value = value
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    condition = .allocate(capacity: 1)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Runs a body with exclusive access; never call into code that could take the same lock.
  public func withLock<Result: ~Copyable, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }

  /// Wakes every thread in `wait`; call it after the change that they wait for.
  public func notifyAll() {
    pthread_cond_broadcast(condition)
  }

  /// Waits until the body returns a result, asked once at the start and after every `notifyAll`.
  ///
  /// Returns nil when the deadline passes first; without a deadline it waits for as long as it takes.
  public func wait<Result>(
    until deadline: MonotonicInstant? = nil, _ body: (inout Value) -> sending Result?
  ) -> sending Result? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&value) { return result }
      guard let deadline else {
        pthread_cond_wait(condition, mutex)
        continue
      }
      if MonotonicInstant.now >= deadline { return nil }
      var time = timespec(
        tv_sec: Int(deadline.nanoseconds / 1_000_000_000), tv_nsec: Int(deadline.nanoseconds % 1_000_000_000))
      pthread_cond_timedwait(condition, mutex, &time)
    }
  }
}
