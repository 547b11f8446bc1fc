import Glibc
package import HostSystem

/// A process among all machines and all times: kernel boot, process-id namespace, process id, instant of its start.
///
/// It is a host's consumer name in the queue, so that any process of the same kernel can tell a host that died from
/// one that is slow.
package struct HostIdentity: Sendable, Hashable, CustomStringConvertible {
  package var boot: String
  package var namespace: String
  package var process: Int32
  /// Clock ticks from boot to the start of the process, which tells it from a later one of the same number.
  package var startTicks: UInt64

  package init(boot: String, namespace: String, process: Int32, startTicks: UInt64) {
    self.boot = boot
    self.namespace = namespace
    self.process = process
    self.startTicks = startTicks
  }

  /// This process.
  package static func own() throws(SystemCallError) -> Self {
    let boot = try FileDescriptor.open("/proc/sys/kernel/random/boot_id", O_RDONLY).readAll()
    var target = [CChar](repeating: 0, count: 64)
    // "pid:[4026531836]"
    guard readlink("/proc/self/ns/pid", &target, 63) > 0 else { throw SystemCallError("readlink", "/proc/self/ns/pid") }
    let namespace = target.filter { (48...57).contains($0) }.map { UInt8(bitPattern: $0) }
    return Self(
      boot: String(decoding: boot.prefix(8), as: UTF8.self), namespace: String(decoding: namespace, as: UTF8.self),
      process: getpid(), startTicks: startTicks(of: getpid()) ?? 0)
  }

  /// `host-BOOT-NAMESPACE-PROCESS-TICKS`.
  package var description: String { "host-\(boot)-\(namespace)-\(process)-\(startTicks)" }

  /// Reads a description; nil where it is not one.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "host", let process = Int32(parts[3]), let ticks = UInt64(parts[4]) else {
      return nil
    }
    self.init(boot: String(parts[1]), namespace: String(parts[2]), process: process, startTicks: ticks)
  }

  /// Whether this process is certainly gone, as far as one that shares its kernel and namespace can tell; false where
  /// nothing is known.
  package func isGone(seenFrom observer: Self) -> Bool {
    guard boot == observer.boot, namespace == observer.namespace else { return false }
    return Self.startTicks(of: process) != startTicks
  }

  /// Field 22 of /proc/PID/stat (proc(5)); the name before it may hold spaces and brackets.
  private static func startTicks(of process: Int32) -> UInt64? {
    guard let file = try? FileDescriptor.open("/proc/\(process)/stat", O_RDONLY), let bytes = try? file.readAll(),
      let end = bytes.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " "))
    // A zombie is gone: it only waits for its parent to look.
    guard fields.count > 19, fields[0].first != UInt8(ascii: "Z") else { return nil }
    return UInt64(String(decoding: fields[19], as: UTF8.self))
  }
}
