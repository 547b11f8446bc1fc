import Glibc
import HostSystem

/// How "Max Memory Used" comes about.
///
/// Lambda reports the high-water mark of the whole environment. Here it is the executor's own high-water mark plus that
/// of the program with the largest one so far, which is right within what compilers use beyond the programs they
/// compile, and is cut at the configured size, which Lambda enforces.
package enum MemoryUse {
  /// Mebibytes, rounded up, for an environment.
  package static func mebibytes(executorBytes: Int, largestProgramBytes: Int, memoryMB: Int) -> Int {
    min(memoryMB, (executorBytes + largestProgramBytes + (1 << 20) - 1) >> 20)
  }

  /// The most memory that a living process has had resident, in bytes; nil where it is gone.
  package static func highWaterMark(of process: Int32) -> Int? {
    guard let file = try? FileDescriptor.open("/proc/\(process)/status", O_RDONLY), let bytes = try? file.readAll()
    else { return nil }
    return highWaterMark(status: String(decoding: bytes, as: UTF8.self))
  }

  /// Reads `VmHWM` of /proc/PID/status (proc(5)), which is in kibibytes.
  package static func highWaterMark(status: String) -> Int? {
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }) else { return nil }
    return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) }.map {
      $0 << 10
    }
  }
}
