import CJail
import Glibc
import HostSystem

/// Network namespaces without a network, each used by one program at a time.
///
/// Making one costs 0.4 ms, and taking it down keeps the kernel busy beside the next programs. What a program leaves in
/// one ends with its last process, and closed connections are not remembered.
final class JailNetworks: Sendable {
  private struct Entry: Sendable {
    let descriptor: Int32
    var uses: Int
  }

  /// As in any pool, an end to what nobody thought of.
  private static let mostUses = 1_000
  private static let mostIdle = 16
  private let idle = Lock<[Entry]>([])
  private let used = Lock<[Int32: Int]>([:])

  /// Makes the first one; throws where the caller has not the right to.
  init() throws(SystemCallError) {
    giveBack(try take())
  }

  deinit {
    for entry in idle.withLock({ $0 }) { close(entry.descriptor) }
  }

  /// A namespace that no program uses, as a descriptor.
  func take() throws(SystemCallError) -> Int32 {
    if let entry = idle.withLock({ $0.popLast() }) {
      used.withLock { $0[entry.descriptor] = entry.uses + 1 }
      return entry.descriptor
    }
    let descriptor = rce_jail_make_network()
    guard descriptor >= 0 else { throw SystemCallError("unshare(CLONE_NEWNET)", code: -descriptor) }
    used.withLock { $0[descriptor] = 1 }
    return descriptor
  }

  /// Takes one back whose programs are all gone.
  func giveBack(_ descriptor: Int32) {
    let uses = used.withLock { $0.removeValue(forKey: descriptor) ?? Self.mostUses }
    let isKept = idle.withLock { idle in
      guard uses < Self.mostUses, idle.count < Self.mostIdle else { return false }
      idle.append(Entry(descriptor: descriptor, uses: uses))
      return true
    }
    if !isKept { close(descriptor) }
  }

  /// Closes one in which something may still run.
  func discard(_ descriptor: Int32) {
    used.withLock { $0[descriptor] = nil }
    close(descriptor)
  }
}
