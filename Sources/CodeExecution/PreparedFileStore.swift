import Glibc
import HostSystem
package import Sandbox

/// Keeps what was prepared, in a directory that executors of one user share and that no job can write.
///
/// A file is trusted where the directory and the file belong to this user, nobody else may write them, and the file is
/// as long as its name says.
package struct PreparedFileStore: Sendable {
  private let directory: String
  /// The directory's permissions: where sandboxes have a user of their own, it must be able to pass through.
  private let mode: mode_t
  private let owner: UInt32

  /// A store in a directory, which need not exist, for sandboxes of a host user.
  ///
  /// - Parameter owner: whose files are trusted; this process's user where it is nil.
  package init(directory: String, hostUser: UInt32?, owner: UInt32? = nil) {
    self.directory = directory
    self.owner = owner ?? geteuid()
    mode = hostUser == nil ? 0o700 : 0o711
  }

  /// The path of a file where it is there and can be trusted.
  package func find(_ name: String) -> String? {
    guard isTrustedDirectory else { return nil }
    for entry in DirectoryNames.list(directory) where entry.hasPrefix(name + "-") {
      guard let size = Int(entry.dropFirst(name.utf8.count + 1)) else { continue }
      if OwnFile.isTrusted(directory + "/" + entry, S_IFREG, size: size, owner: owner) {
        return directory + "/" + entry
      }
    }
    return nil
  }

  /// Makes a file unless it is there; where another executor is at it, waits and takes its.
  package func make(_ file: PreparedFile, in sandbox: Sandbox) throws -> String {
    mkdir(directory, mode)
    guard isTrustedDirectory else {
      throw PreparationError("\(directory) is not a directory of this user's that nobody else can write: remove it")
    }
    guard chmod(directory, mode) == 0 else { throw SystemCallError("chmod", directory) }
    let lock = try FileDescriptor.open(directory + "/lock", O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o600).release()
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw SystemCallError("flock", directory + "/lock") }
    }
    if let path = find(file.name) { return path }
    removeRemains(of: file.name)
    let product = try ProductDirectory.make(below: directory, owner: sandbox.hostUser)
    try run(file, product.path, sandbox)
    return try keep(product.path + "/" + file.product, as: file.name)
  }

  private func run(_ file: PreparedFile, _ product: String, _ sandbox: Sandbox) throws {
    var request = file.request
    request.mounts.append(SandboxMount(product, at: Recipe.productPath, isWritable: true))
    let outcome = try sandbox.run(request)
    guard outcome.end == .exited(0), outcome.exceeded == nil else {
      let reason = outcome.exceeded.map { "limit: \($0.rawValue)" } ?? outcome.end.phrase
      let said = Diagnosis.compileError(outcome.stderr).map { ": \($0)" } ?? ""
      throw PreparationError("\(file.request.command[0]) did not make \(file.product) (\(reason))\(said)")
    }
  }

  /// Takes a file over from the sandbox's user, whose processes are gone, and puts it in place in one step.
  private func keep(_ path: String, as name: String) throws -> String {
    let made = try FileDescriptor.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    var information = stat()
    guard fstat(made.number, &information) == 0, information.st_mode & S_IFMT == S_IFREG, information.st_size > 0,
      fchown(made.number, geteuid(), getegid()) == 0, fchmod(made.number, 0o444) == 0
    else { throw SystemCallError("fchown", path) }
    let target = "\(directory)/\(name)-\(information.st_size)"
    guard rename(path, target) == 0 else { throw SystemCallError("rename", target) }
    return target
  }

  /// Removes what cannot be trusted under this name, and what killed executors left; only under the lock.
  private func removeRemains(of name: String) {
    for entry in DirectoryNames.list(directory) {
      if entry.hasPrefix(name + "-") { unlink(directory + "/" + entry) }
      if entry.hasPrefix(ProductDirectory.prefix) { ProductDirectory.remove(directory + "/" + entry) }
    }
  }

  private var isTrustedDirectory: Bool { OwnFile.isTrusted(directory, S_IFDIR, owner: owner) }
}
