import Glibc
import HostSystem

/// A directory in which this process, and nobody else, may find something new.
///
/// Nothing is ever removed from it that belongs to another user.
final class OwnDirectory: Sendable {
  /// What the names of everything begin with that an executor itself makes.
  private static let prefix = "rce-"

  /// Its path without links.
  let path: String
  /// Holds the lock that keeps other executors away.
  private let descriptor: FileDescriptor

  /// Claims a directory that holds nothing but what earlier executors left, and removes that.
  init(_ path: String) throws(SandboxError) {
    guard let real = realpath(path, nil) else { throw Self.refusal(path, "\(SystemCallError("find", path))") }
    self.path = String(cString: real)
    free(real)
    do throws(SystemCallError) {
      descriptor = try FileDescriptor.open(self.path, O_RDONLY | O_DIRECTORY)
    } catch {
      throw Self.refusal(path, "\(error)")
    }
    try check()
    guard flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 else {
      throw Self.refusal(path, "another executor works in it")
    }
    for name in names where !remove(self.path + "/" + name) {
      throw Self.refusal(path, "\(name) in it cannot be removed")
    }
  }

  private func check() throws(SandboxError) {
    // The one of a Lambda function is nobody else's, whoever owns it.
    let isLambda = path == "/tmp" && getenv("AWS_LAMBDA_FUNCTION_NAME") != nil
    guard WatchedDirectory.isOwn(path) || isLambda else {
      throw Self.refusal(path, "it does not belong to user \(geteuid())")
    }
    let foreign = names.filter { !$0.hasPrefix(Self.prefix) || !WatchedDirectory.isOwn(path + "/" + $0) }
    if let name = foreign.min() { throw Self.refusal(path, "it holds \(name)") }
  }

  private static func refusal(_ path: String, _ reason: String) -> SandboxError {
    SandboxError(
      .forbidden,
      "programs without namespaces need a temporary directory of their own, which is emptied after each; \(path) is none "
        + "(\(reason)): set TMPDIR to an empty directory of user \(geteuid()), another one for each executor")
  }

  /// The names in it.
  var names: Set<String> { Set(DirectoryNames.list(path)) }

  /// The paths of what has come since, and belongs to this process's user.
  func news(since before: Set<String>) -> [String] {
    names.subtracting(before).sorted().map { path + "/" + $0 }.filter(WatchedDirectory.isOwn)
  }

  /// A new directory in it with a private `box` and a private `tmp`.
  func makeWork() throws(SystemCallError) -> String {
    var template = Array((path + "/" + Self.prefix + "XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp", path) }
    let work = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    for name in ["box", "tmp"] where mkdir(work + "/" + name, 0o700) != 0 {
      throw SystemCallError("mkdir", work + "/" + name)
    }
    return work
  }

  /// Removes something in it, whatever it is; false where it is still there.
  func remove(_ path: String) -> Bool {
    var information = stat()
    guard lstat(path, &information) == 0 else { return errno == ENOENT }
    guard information.st_mode & S_IFMT == S_IFDIR else { return unlink(path) == 0 }
    // Its owner may take away every right, its own included.
    chmod(path, 0o700)
    DirectoryRemoval.empty(path)
    return rmdir(path) == 0
  }
}
