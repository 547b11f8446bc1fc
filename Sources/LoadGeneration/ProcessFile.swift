import Glibc
import HostSystem

/// Files of /proc, which are short and never wait.
enum ProcessFile {
  /// The text of a file; nil where this kernel does not have it.
  static func text(of path: String) -> String? {
    guard let bytes = try? FileDescriptor.open(path, O_RDONLY).readAll() else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Run and wait times of the calling thread.
  static var threadSchedule: ThreadSchedule? {
    text(of: "/proc/thread-self/schedstat").flatMap(ThreadSchedule.init(parsing:))
  }

  /// Where /proc has the calling thread, for example `4711/task/4713`; nil where this kernel does not tell.
  static var thisThread: String? {
    var bytes = [CChar](repeating: 0, count: 64)
    let count = readlink("/proc/thread-self", &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }

  /// Bytes of memory that this process holds (the second field of /proc/self/statm is in pages).
  static var residentBytes: Int {
    let pages = text(of: "/proc/self/statm")?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
