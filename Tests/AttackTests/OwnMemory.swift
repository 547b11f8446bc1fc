import Glibc
import HostSystem

/// The resident memory of this process.
enum OwnMemory {
  /// Bytes now; from here on the peak is counted anew (proc(5), `clear_refs`).
  static func resetPeak() throws(SystemCallError) -> Int {
    try FileDescriptor.open("/proc/self/clear_refs", O_WRONLY).writeAll("5")
    return bytes("VmRSS:")
  }

  /// The most bytes since then.
  static func peak() -> Int { bytes("VmHWM:") }

  private static func bytes(_ key: String) -> Int {
    let line = HostState.text("/proc/self/status").split(separator: "\n").first { $0.hasPrefix(key) }
    return (line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) << 10
  }
}
