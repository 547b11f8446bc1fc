import HostSystem
import Glibc

/// A directory that others use, too: what a program of this process's user leaves there is seen, and left alone.
struct WatchedDirectory: Sendable {
  let path: String

  init(_ path: String) {
    self.path = path
  }

  /// The names in it.
  var names: Set<String> { Set(DirectoryNames.list(path)) }

  /// A sentence for each thing of this user's that has come since.
  func news(since before: Set<String>) -> [String] {
    names.subtracting(before).sorted().map { path + "/" + $0 }.filter(Self.isOwn).map {
      "a program left \($0), where it must be removed by hand"
    }
  }

  /// Whether this process's user owns it.
  static func isOwn(_ path: String) -> Bool {
    var information = stat()
    return lstat(path, &information) == 0 && information.st_uid == geteuid()
  }
}
