import Glibc
import HostSystem
public import Jobs

/// Source texts as files in one directory that only this user may enter, named after their job.
///
/// A file appears whole or not at all (written beside and renamed). Job ids are UUIDs, so no name leaves the
/// directory. Files older than the lifetime are removed when the store is opened and once an hour of use after that.
public final class FileCodeStore: CodeStore {
  /// Where the files are.
  public let directory: String
  private let lifetimeSeconds: Int
  private let nextSweep: Lock<MonotonicInstant>

  /// Opens a directory, making it and what leads to it where absent.
  ///
  /// One that other users may enter is refused: other people's programs are kept in it.
  public init(directory: String, lifetimeSeconds: Int = 86_400) throws(BackendError) {
    let directory = String(directory.reversed().drop { $0 == "/" }.reversed())
    self.directory = directory
    self.lifetimeSeconds = lifetimeSeconds
    nextSweep = Lock(.now)
    do throws(SystemCallError) {
      try Self.make(directory)
    } catch {
      throw Self.failure("open the code store", error)
    }
    var information = stat()
    guard stat(directory, &information) == 0, information.st_mode & S_IFMT == S_IFDIR,
      information.st_mode & 0o077 == 0
    else {
      throw BackendError(
        .invalid, "cannot keep code in \(directory): it is not a directory of mode 0700; choose another or chmod 700 it"
      )
    }
    sweepIfDue()
  }

  private static func make(_ directory: String) throws(SystemCallError) {
    var rest = directory[...].dropFirst()
    while let slash = rest.firstIndex(of: "/") {
      let parent = String(directory[..<slash])
      guard mkdir(parent, 0o755) == 0 || errno == EEXIST else { throw SystemCallError("mkdir", parent) }
      rest = rest[slash...].dropFirst()
    }
    guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw SystemCallError("mkdir", directory) }
  }

  /// Keeps a program for a job, replacing one that it had.
  public func put(_ code: String, for job: JobID) throws(BackendError) {
    sweepIfDue()
    let temporary = "\(directory)/.\(job).\(UInt64.random(in: .min ... .max))"
    do throws(SystemCallError) {
      try Self.write(code, to: temporary)
      guard rename(temporary, path(of: job)) == 0 else { throw SystemCallError("rename", temporary) }
    } catch {
      unlink(temporary)
      throw Self.failure("keep the code of job \(job)", error)
    }
  }

  /// The program, or nil where it is unknown or has expired.
  public func code(of job: JobID) throws(BackendError) -> String? {
    do throws(SystemCallError) {
      let file = try FileDescriptor.open(path(of: job), O_RDONLY)
      return String(decoding: try file.readAll(), as: UTF8.self)
    } catch {
      if error.code == ENOENT { return nil }
      throw Self.failure("read the code of job \(job)", error)
    }
  }

  /// Forgets a program; one that is unknown is no error.
  public func remove(_ job: JobID) throws(BackendError) {
    guard unlink(path(of: job)) != 0, errno != ENOENT else { return }
    throw Self.failure("remove the code of job \(job)", SystemCallError("unlink", path(of: job)))
  }

  /// Removes every file that is older than the lifetime, temporary ones of writers that died included.
  package func sweep(now: Int = Int(WallClock.milliseconds / 1_000)) {
    guard let entries = opendir(directory) else { return }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      let path = "\(directory)/\(name)"
      var information = stat()
      guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { continue }
      if information.st_mtim.tv_sec < now - lifetimeSeconds { unlink(path) }
    }
  }

  private func sweepIfDue() {
    let isDue = nextSweep.withLock { next in
      let now = MonotonicInstant.now
      guard now >= next else { return false }
      next = now + 3_600 * 1_000_000_000
      return true
    }
    if isDue { sweep() }
  }

  private func path(of job: JobID) -> String { "\(directory)/\(job)" }

  private static func write(_ code: String, to path: String) throws(SystemCallError) {
    let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    try Array(code.utf8).withUnsafeBufferPointer { bytes throws(SystemCallError) in
      try file.writeAll(UnsafeRawBufferPointer(bytes))
    }
  }

  private static func failure(_ task: String, _ error: SystemCallError) -> BackendError {
    BackendError(.unavailable, "cannot \(task): \(error); make room there and check who may write")
  }
}
