import Glibc

/// One of the kernel's limits on a process (setrlimit(2)).
package struct ResourceLimit: Sendable, Equatable {
  package var resource: UInt32
  package var soft: Int
  package var hard: Int

  /// A limit by its number.
  package init(_ resource: UInt32, soft: Int, hard: Int) {
    self.resource = resource
    self.soft = soft
    self.hard = hard
  }
}

/// The kernel's limits on each single process.
///
/// They back up what the control group and the supervisor watch for the whole tree; where there is no control group,
/// the one for CPU time is the only watch.
enum ResourceLimitList {
  static func limits(for limits: SandboxLimits, hasControlGroup: Bool) -> [ResourceLimit] {
    let cpuSeconds = Int((limits.cpu.wholeNanoseconds + 999_999_999) / 1_000_000_000) + (hasControlGroup ? 1 : 0)
    // Half of the memory: a runaway recursion is a segmentation fault and not a question of memory.
    let stack = min(limits.memoryBytes / 2, 64 << 20)
    return [
      limit(RLIMIT_CPU, cpuSeconds, cpuSeconds + 1),
      limit(RLIMIT_FSIZE, limits.fileBytes, limits.fileBytes),
      limit(RLIMIT_STACK, stack, stack),
      limit(RLIMIT_NOFILE, 256, 256),
      limit(RLIMIT_CORE, 0, 0),
      limit(__RLIMIT_MEMLOCK, 0, 0),
      limit(__RLIMIT_MSGQUEUE, 0, 0),
    ]
  }

  private static func limit(_ resource: __rlimit_resource, _ soft: Int, _ hard: Int) -> ResourceLimit {
    ResourceLimit(resource.rawValue, soft: soft, hard: hard)
  }
}
