import CLinux
import Glibc
import HostSystem

/// The first process of a sandbox, known only by its number on the host.
package enum FirstProcess {
  /// Kills it; false where the number no longer belongs to a child of `parent`, which must not have been waited for.
  static func kill(_ process: Int32, childOf parent: Int32) -> Bool {
    let number = rce_pidfd_open(process)
    guard number >= 0 else { return false }
    let descriptor = FileDescriptor(owning: number)
    // Asked after the descriptor is open: from here on the number cannot pass to another process unnoticed.
    guard let text = KernelFile.read("/proc/\(process)/stat"), Self.parent(text) == parent else { return false }
    return rce_pidfd_send_signal(descriptor.number, SIGKILL) == 0
  }

  // proc(5): "PID (NAME) STATE PPID ..."; the name may hold anything, parentheses and spaces included.
  package static func parent(_ stat: String) -> Int32? {
    guard let end = stat.lastIndex(of: ")") else { return nil }
    let words = stat[stat.index(after: end)...].split(separator: " ")
    return words.count > 1 ? Int32(words[1]) : nil
  }
}
