import Glibc
import HostSystem

/// Where the product directories of waiting processes lie: in one directory a process, named after it, so that what a
/// killed one left can be told and removed by the next.
final class WarmDirectory: Sendable {
  private static let prefix = "rce-warm-"

  /// Two executors of one process must not remove each other's.
  private static let counter = Lock(0)

  let path: String

  /// Makes it below a directory, and removes those there whose processes are gone.
  init(below temporary: String) throws(SystemCallError) {
    let number = Self.counter.withLock { count in
      count += 1
      return count
    }
    path = "\(temporary)/\(Self.prefix)\(getpid())-\(number)"
    Self.sweep(temporary)
    // The sandbox's user must be able to pass through, not to look around.
    guard mkdir(path, 0o711) == 0 || errno == EEXIST, chmod(path, 0o711) == 0 else {
      throw SystemCallError("mkdir", path)
    }
    guard OwnFile.isTrusted(path, S_IFDIR) else { throw SystemCallError("mkdir", path, code: EEXIST) }
  }

  deinit { remove() }

  /// Removes it with all that is in it; nothing must be running there.
  func remove() { Self.remove(path) }

  private static func sweep(_ temporary: String) {
    for name in DirectoryNames.list(temporary) where name.hasPrefix(prefix) {
      guard let process = Int32(name.dropFirst(prefix.utf8.count).prefix { $0 != "-" }), kill(process, 0) != 0,
        errno == ESRCH
      else {
        continue
      }
      remove(temporary + "/" + name)
    }
  }

  private static func remove(_ path: String) {
    guard OwnFile.isTrusted(path, S_IFDIR) else { return }
    for name in DirectoryNames.list(path) where name.hasPrefix(ProductDirectory.prefix) {
      ProductDirectory.remove(path + "/" + name)
    }
    rmdir(path)
  }
}
