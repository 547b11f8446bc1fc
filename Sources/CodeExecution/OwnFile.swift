import Glibc

/// What one user alone can have made.
enum OwnFile {
  /// Whether a path, itself no link, is of this type, belongs to this user (this process's own unless said otherwise), can
  /// be written by nobody else, and has this size where one is given.
  static func isTrusted(_ path: String, _ type: mode_t, size: Int? = nil, owner: uid_t = geteuid()) -> Bool {
    var information = stat()
    return lstat(path, &information) == 0 && information.st_mode & S_IFMT == type
      && information.st_uid == owner && information.st_mode & 0o022 == 0
      && (size == nil || size == Int(information.st_size))
  }
}
