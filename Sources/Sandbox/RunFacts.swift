import CLinux
import Glibc
package import HostSystem

/// Everything that was observed of one run; the verdict is computed from these figures alone.
package struct RunFacts: Sendable {
  /// Instant of the program's start.
  package var start: MonotonicInstant
  /// Instant of the program's end, or of the end of the whole sandbox where it was killed.
  package var finish: MonotonicInstant
  /// How the program ended; nil where the whole sandbox was killed.
  package var end: ProcessEnd?
  /// CPU nanoseconds.
  package var cpu: Int64
  /// Bytes.
  package var peakMemoryBytes: Int
  /// Processes that the kernel killed for the memory limit.
  package var memoryKills = 0
  /// Processes and threads that the kernel refused.
  package var refusedProcesses = 0
  /// More output came than was admitted.
  package var outputExceeded = false

  /// The figures of one run.
  package init(
    start: MonotonicInstant, finish: MonotonicInstant, end: ProcessEnd?, cpu: Int64, peakMemoryBytes: Int,
    memoryKills: Int = 0, refusedProcesses: Int = 0, outputExceeded: Bool = false
  ) {
    self.start = start
    self.finish = finish
    self.end = end
    self.cpu = cpu
    self.peakMemoryBytes = peakMemoryBytes
    self.memoryKills = memoryKills
    self.refusedProcesses = refusedProcesses
    self.outputExceeded = outputExceeded
  }

  /// The limit that explains the end best; what the kernel or the byte count proves comes before what a clock says.
  ///
  /// Decided by the figures and not by who noticed first, so that a program which ends in the instant of its limit
  /// always gets the same verdict.
  package func exceeded(_ limits: SandboxLimits) -> SandboxLimit? {
    if memoryKills > 0 { return .memory }
    if outputExceeded { return .output }
    if end == .signalled(SIGXFSZ) { return .file }
    if refusedProcesses > 0 && end != .exited(0) { return .processes }
    if cpu >= limits.cpu.wholeNanoseconds - (end == .signalled(SIGXCPU) ? Self.tickTolerance : 0) { return .cpu }
    if finish - start >= limits.wall.wholeNanoseconds { return .wall }
    return nil
  }

  /// The kernel's own limit on a process (RLIMIT_CPU) counts in ticks, and may come a few of them early.
  private static let tickTolerance: Int64 = 20_000_000

  /// The outcome with the output that was kept.
  package func outcome(_ limits: SandboxLimits, stdout: [UInt8], stderr: [UInt8]) -> SandboxOutcome {
    SandboxOutcome(
      end: end ?? .signalled(SIGKILL), exceeded: exceeded(limits), stdout: stdout, stderr: stderr,
      truncated: outputExceeded, wall: .nanoseconds(finish - start), cpu: .nanoseconds(cpu),
      peakMemoryBytes: peakMemoryBytes)
  }
}

extension ProcessEnd {
  /// Reads a status as wait(2) gives it.
  init(waitStatus status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
  }
}
