import CLinux
import Glibc
import HostSystem

/// The control group of one job: limits set before it runs, figures read while and after it runs, then removed.
///
/// Version 1 makes one directory in each hierarchy, version 2 one in all.
final class ControlGroup: Sendable {
  private let version: ControlGroupPlan.Version
  private let memory: String
  private let pids: String
  private let cpu: String?

  init(_ plan: ControlGroupPlan, named name: String, _ limits: SandboxLimits) throws(SystemCallError) {
    version = plan.version
    memory = plan.memory + "/" + name
    pids = plan.pids + "/" + name
    cpu = plan.cpu.map { $0 + "/" + name }
    // Outside of what is undone below: a group that is there already is somebody else's.
    try KernelFile.makeNewDirectory(memory)
    do throws(SystemCallError) {
      for path in directories { try KernelFile.makeDirectory(path) }
      try apply(limits)
    } catch {
      _ = remove()
      throw error
    }
  }

  private var directories: [String] {
    switch version {
    case .v1: [memory, pids] + (cpu.map { [$0] } ?? [])
    case .v2: [memory]
    }
  }

  private func apply(_ limits: SandboxLimits) throws(SystemCallError) {
    try allow(processes: limits.processes)
    switch version {
    case .v1:
      try KernelFile.write("\(limits.memoryBytes)", to: memory + "/memory.limit_in_bytes")
      // Where swap is not accounted for, the file is missing and swapping is turned off instead.
      if access(memory + "/memory.memsw.limit_in_bytes", F_OK) == 0 {
        try KernelFile.write("\(limits.memoryBytes)", to: memory + "/memory.memsw.limit_in_bytes")
      } else {
        try KernelFile.write("0", to: memory + "/memory.swappiness")
      }
    case .v2:
      try KernelFile.write("\(limits.memoryBytes)", to: memory + "/memory.max")
      try KernelFile.write("1", to: memory + "/memory.oom.group")
      if access(memory + "/memory.swap.max", F_OK) == 0 {
        try KernelFile.write("0", to: memory + "/memory.swap.max")
      }
    }
  }

  /// Sets how many processes and threads there may be at once.
  func allow(processes: Int) throws(SystemCallError) {
    // rce-init and bubblewrap's own process count, too.
    try KernelFile.write("\(processes + 2)", to: pids + "/pids.max")
  }

  /// Opens the files that a starting child enters the group through.
  ///
  /// Version 1 has `tasks`: entering it alone takes no lock that waits for the whole machine, as `cgroup.procs` does.
  func openEntrances() throws(SystemCallError) -> [Int32] {
    var entrances: [Int32] = []
    let file = version == .v1 ? "/tasks" : "/cgroup.procs"
    for directory in directories {
      do throws(SystemCallError) {
        entrances.append(try FileDescriptor.open(directory + file, O_WRONLY).release())
      } catch {
        for entrance in entrances { close(entrance) }
        throw error
      }
    }
    return entrances
  }

  /// CPU nanoseconds of every process that is or was in the group.
  var cpuNanoseconds: Int64? {
    guard let cpu else { return nil }
    return switch version {
    case .v1: reading(cpu + "/cpuacct.usage")
    case .v2: reading("usage_usec", cpu + "/cpu.stat").map { $0 * 1_000 }
    }
  }

  /// The most memory held at once; nil on kernels before 5.19 with version 2.
  var peakMemoryBytes: Int? {
    let name = version == .v1 ? "/memory.max_usage_in_bytes" : "/memory.peak"
    return reading(memory + name).map(Int.init)
  }

  /// Processes killed because the memory limit was reached.
  var memoryKills: Int {
    let name = version == .v1 ? "/memory.oom_control" : "/memory.events"
    return reading("oom_kill", memory + name).map(Int.init) ?? 0
  }

  /// Processes and threads that were refused because the limit was reached.
  var refusedProcesses: Int {
    reading("max", pids + "/pids.events").map(Int.init) ?? 0
  }

  private func reading(_ path: String) -> Int64? {
    KernelFile.read(path).flatMap(ControlGroupReadings.number)
  }

  private func reading(_ key: String, _ path: String) -> Int64? {
    KernelFile.read(path).flatMap { ControlGroupReadings.number(key, in: $0) }
  }

  /// The processes in the group.
  var members: [Int32] {
    directories.flatMap {
      (KernelFile.read($0 + "/cgroup.procs") ?? "").split(separator: "\n").compactMap { Int32($0) }
    }
  }

  /// Kills every process in the group, those that start meanwhile included.
  func killAll() {
    if version == .v2, (try? KernelFile.write("1", to: memory + "/cgroup.kill")) != nil { return }
    // 0 stands for a process of another pid namespace, and for kill(2) it means the caller's own group.
    for process in members where process > 0 { kill(process, SIGKILL) }
  }

  /// Removes the group, killing what is left in it; false where something would not die in two seconds.
  func remove() -> Bool {
    let deadline = MonotonicInstant.now + 2_000_000_000
    var left = directories
    while true {
      left.removeAll { rmdir($0) == 0 || errno == ENOENT }
      if left.isEmpty { return true }
      guard MonotonicInstant.now < deadline else { return false }
      killAll()
      usleep(500)
    }
  }
}
