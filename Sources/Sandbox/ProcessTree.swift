import HostSystem
import Glibc

/// What a process, or a tree of them, uses at an instant.
package struct ProcessReading: Sendable, Equatable {
  /// CPU nanoseconds, those of children that were waited for included.
  package var cpu: Int64
  /// Bytes of memory that no other process shares.
  package var memoryBytes: Int
  /// Threads, the first one of each process included.
  package var threads: Int

  /// A reading.
  package init(cpu: Int64 = 0, memoryBytes: Int = 0, threads: Int = 0) {
    self.cpu = cpu
    self.memoryBytes = memoryBytes
    self.threads = threads
  }

  /// Reads the texts of `/proc/PID/stat` and `/proc/PID/statm`; nil where they are not such texts.
  ///
  /// - Parameter clock: nanoseconds of the process's own CPU clock, which counts finer than the ticks in the text; nil
  ///   where it cannot be read any more.
  package init?(stat: String, statm: String, clock: Int64?, ticksPerSecond: Int, pageSize: Int) {
    guard let name = stat.lastIndex(of: ")") else { return nil }
    // proc(5): behind the name, which is field 2, follow the state as field 3 and so on.
    let fields = stat[stat.index(after: name)...].split(separator: " ")
    let pages = statm.split(separator: " ").compactMap { Int($0) }
    guard fields.count > 17, pages.count > 2, let threads = Int(fields[17]) else { return nil }
    let ticks = fields[(clock == nil ? 11 : 13)...14].reduce(0) { $0 + (Int64($1) ?? 0) }
    cpu = (clock ?? 0) + ticks * (1_000_000_000 / Int64(ticksPerSecond))
    memoryBytes = max(0, pages[1] - pages[2]) * pageSize
    self.threads = threads
  }

  static func + (left: Self, right: Self) -> Self {
    Self(
      cpu: left.cpu + right.cpu, memoryBytes: left.memoryBytes + right.memoryBytes,
      threads: left.threads + right.threads)
  }
}

/// The processes of a sandbox as /proc shows them: the watch on the whole tree where there is no control group.
enum ProcessTree {
  private static let ticksPerSecond = sysconf(Int32(_SC_CLK_TCK))
  private static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  /// What the descendants of a sandbox's first process use now, and not that process itself.
  ///
  /// Orphans become the first process's children, so none is missed but what starts or ends in this very moment.
  static func reading(below first: Int32) -> ProcessReading {
    var total = ProcessReading()
    var pending = children(of: first)
    while let process = pending.popLast() {
      guard let stat = KernelFile.read("/proc/\(process)/stat"), let statm = KernelFile.read("/proc/\(process)/statm"),
        let reading = ProcessReading(
          stat: stat, statm: statm, clock: cpuClock(of: process), ticksPerSecond: ticksPerSecond, pageSize: pageSize)
      else { continue }
      total = total + reading
      pending += children(of: process)
    }
    return total
  }

  /// Nanoseconds that the threads of a process have taken, ended ones included (clock_getcpuclockid(3)).
  private static func cpuClock(of process: Int32) -> Int64? {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(process, &clock) == 0, clock_gettime(clock, &time) == 0 else { return nil }
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// The children that any thread of the process has started.
  private static func children(of process: Int32) -> [Int32] {
    DirectoryNames.list("/proc/\(process)/task").flatMap { thread in
      (KernelFile.read("/proc/\(process)/task/\(thread)/children") ?? "").split(separator: " ").compactMap { Int32($0) }
    }
  }
}
