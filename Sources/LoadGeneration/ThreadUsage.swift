import Glibc

/// What the calling thread has used of a processor, and how long it has waited for one.
struct ThreadUsage: Sendable {
  /// Nanoseconds on a processor.
  let running: Int64
  /// Nanoseconds ready to run; nil where the kernel does not count it.
  let waiting: Int64?

  static var now: Self {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Self(
      running: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec), waiting: ProcessFile.threadSchedule?.waiting)
  }

  func since(_ earlier: Self) -> Self {
    var difference: Int64?
    if let waiting, let before = earlier.waiting { difference = waiting - before }
    return Self(running: running - earlier.running, waiting: difference)
  }
}
