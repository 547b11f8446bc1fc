import CJail
import Glibc
import HostSystem

/// Network namespaces without a network, each used by one sandbox at a time.
///
/// Making one costs 0.4 ms, and taking it down keeps the kernel busy beside the next programs. What a program leaves in
/// one ends with its last process, and closed connections are not remembered.
final class JailNetworks: Sendable {
  fileprivate struct Entry: Sendable {
    let descriptor: Int32
    var uses = 0
  }

  /// As in any pool, an end to what nobody thought of.
  private static let mostUses = 1_000
  private static let mostIdle = 16
  private let idle = Lock<[Entry]>([])

  /// Makes the first one; throws where the caller has not the right to.
  init() throws(SystemCallError) {
    keep(try Self.make())
  }

  deinit {
    for entry in idle.withLock({ $0 }) { close(entry.descriptor) }
  }

  private static func make() throws(SystemCallError) -> Entry {
    let descriptor = rce_jail_make_network()
    guard descriptor >= 0 else { throw SystemCallError("unshare(CLONE_NEWNET)", code: -descriptor) }
    return Entry(descriptor: descriptor)
  }

  /// A namespace that no sandbox uses.
  func take() throws(SystemCallError) -> JailNetwork {
    if let entry = idle.withLock({ $0.popLast() }) { return JailNetwork(entry, self) }
    return JailNetwork(try Self.make(), self)
  }

  fileprivate func keep(_ entry: Entry) {
    let isKept = idle.withLock { idle in
      guard entry.uses < Self.mostUses, idle.count < Self.mostIdle else { return false }
      idle.append(entry)
      return true
    }
    if !isKept { close(entry.descriptor) }
  }
}

/// A network namespace in use; closed at the end of its life unless it was released.
final class JailNetwork: Sendable {
  private let entry: JailNetworks.Entry
  private let pool: JailNetworks
  private let isReleased = Lock(false)

  var descriptor: Int32 { entry.descriptor }

  fileprivate init(_ entry: JailNetworks.Entry, _ pool: JailNetworks) {
    self.entry = JailNetworks.Entry(descriptor: entry.descriptor, uses: entry.uses + 1)
    self.pool = pool
  }

  deinit {
    if !isReleased.withLock({ $0 }) { close(entry.descriptor) }
  }

  /// Gives it back, once; every process that was in it must be gone.
  func release() {
    let isFirst = isReleased.withLock { isReleased in
      defer { isReleased = true }
      return !isReleased
    }
    if isFirst { pool.keep(entry) }
  }
}
