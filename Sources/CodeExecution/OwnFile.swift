import Glibc

/// What only this process's user can have made, or root, as in an image whose programs run as somebody else.
enum OwnFile {
  /// Whether a path, itself no link, is of this type, belongs to this user or to root, can be written by nobody else,
  /// and has this size where one is given.
  static func isTrusted(_ path: String, _ type: mode_t, size: Int? = nil) -> Bool {
    var information = stat()
    return lstat(path, &information) == 0 && information.st_mode & S_IFMT == type
      && (information.st_uid == geteuid() || information.st_uid == 0) && information.st_mode & 0o022 == 0
      && (size == nil || size == Int(information.st_size))
  }
}
