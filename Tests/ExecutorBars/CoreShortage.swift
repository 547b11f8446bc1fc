import Glibc
import HostSystem

/// How much of a span somebody on this machine waited for a core, as the kernel counts it (/proc/pressure/cpu).
///
/// A row on a calm machine has next to none but of its own making; where there is much, the fastest turns tell more than
/// the medians.
struct CoreShortage {
  private let start = MonotonicInstant.now
  private let waited = Self.microseconds

  /// Per cent of the time since this value was made; nil where the kernel does not count it.
  var percent: Double? {
    guard let waited, let now = Self.microseconds else { return nil }
    let elapsed = Double(MonotonicInstant.now - start) / 1_000
    return Double(now - waited) / elapsed * 100
  }

  /// The kernel's running total of "some".
  private static var microseconds: Int64? {
    guard let file = try? FileDescriptor.open("/proc/pressure/cpu", O_RDONLY), let bytes = try? file.readAll() else {
      return nil
    }
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("some") }
    return line?.split(separator: " ").last.flatMap { $0.split(separator: "=").last }.flatMap { Int64($0) }
  }
}
