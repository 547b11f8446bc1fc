import Glibc

/// The kernel's limits on each single process (setrlimit(2)), as rce-init takes them.
///
/// They back up what the control group and the supervisor watch for the whole tree; where there is no control group,
/// the one for CPU time is the only watch.
enum ResourceLimitList {
  /// Arguments `RESOURCE=SOFT:HARD`.
  static func arguments(for limits: SandboxLimits, hasControlGroup: Bool) -> [String] {
    let cpuSeconds = Int((limits.cpu.wholeNanoseconds + 999_999_999) / 1_000_000_000) + (hasControlGroup ? 1 : 0)
    // Half of the memory: a runaway recursion is a segmentation fault and not a question of memory.
    let stack = min(limits.memoryBytes / 2, 64 << 20)
    return [
      argument(RLIMIT_CPU, cpuSeconds, cpuSeconds + 1),
      argument(RLIMIT_FSIZE, limits.fileBytes, limits.fileBytes),
      argument(RLIMIT_STACK, stack, stack),
      argument(RLIMIT_NOFILE, 256, 256),
      argument(RLIMIT_CORE, 0, 0),
      argument(__RLIMIT_MEMLOCK, 0, 0),
      argument(__RLIMIT_MSGQUEUE, 0, 0),
    ]
  }

  private static func argument(_ resource: __rlimit_resource, _ soft: Int, _ hard: Int) -> String {
    "\(resource.rawValue)=\(soft):\(hard)"
  }
}
