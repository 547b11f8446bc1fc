import Glibc
import HostSystem

/// Where the product directories of waiting processes lie: in one directory a process, named after it, so that what a
/// killed one left can be told and removed by the next.
final class WarmDirectory: Sendable {
  private static let prefix = "rce-warm-"

  let path: String

  /// Makes it below a directory, and removes those there whose processes are gone.
  init(below temporary: String) throws(SystemCallError) {
    path = "\(temporary)/\(Self.prefix)\(getpid())"
    Self.sweep(temporary)
    // The sandbox's user must be able to pass through, not to look around.
    guard mkdir(path, 0o711) == 0 || errno == EEXIST, chmod(path, 0o711) == 0 else {
      throw SystemCallError("mkdir", path)
    }
    guard Self.isOwn(path) else { throw SystemCallError("mkdir", path, code: EEXIST) }
  }

  deinit { remove() }

  /// Removes it with all that is in it; nothing must be running there.
  func remove() { Self.remove(path) }

  private static func sweep(_ temporary: String) {
    for name in names(in: temporary) where name.hasPrefix(prefix) {
      guard let process = Int32(name.dropFirst(prefix.utf8.count)), kill(process, 0) != 0, errno == ESRCH else {
        continue
      }
      remove(temporary + "/" + name)
    }
  }

  private static func remove(_ path: String) {
    guard isOwn(path) else { return }
    for name in names(in: path) where name.hasPrefix(ProductDirectory.prefix) {
      ProductDirectory.remove(path + "/" + name)
    }
    rmdir(path)
  }

  private static func isOwn(_ path: String) -> Bool {
    var information = stat()
    return lstat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
      && information.st_uid == geteuid() && information.st_mode & 0o022 == 0
  }

  private static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }
}
