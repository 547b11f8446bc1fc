import Glibc
import HostSystem
import Sandbox

/// A directory of the host that one job's compiler writes into, removed with everything in it.
///
/// It lies in a directory of its own that only the supervisor may change, so that no job can put something else in its
/// place. Only the sandbox opens what is inside; the supervisor removes it without ever following a name out of it.
struct ProductDirectory: ~Copyable, Sendable {
  /// What the names of all such directories start with.
  static let prefix = "rce-"

  private let parent: String

  /// What to mount in the sandbox.
  var path: String { parent + "/product" }

  private init(parent: String) {
    self.parent = parent
  }

  /// Makes the directory for a host user; nil is the caller itself.
  static func make(below temporary: String, owner: UInt32?) throws(SystemCallError) -> Self {
    var template = Array((temporary + "/" + prefix + "XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp", temporary) }
    let directory = Self(parent: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    // The programs' users must be able to pass through, not to look around.
    guard chmod(directory.parent, 0o711) == 0, mkdir(directory.path, 0o755) == 0,
      chmod(directory.path, 0o755) == 0
    else {
      throw SystemCallError("mkdir", directory.path)
    }
    if let owner, chown(directory.path, owner, owner) != 0 { throw SystemCallError("chown", directory.path) }
    return directory
  }

  deinit {
    Self.remove(parent)
  }

  /// Removes a directory that `make` made, here or in a process that is gone.
  static func remove(_ parent: String) {
    DirectoryRemoval.empty(parent + "/product")
    rmdir(parent + "/product")
    rmdir(parent)
  }
}
