import FoundationEssentials
import Glibc
package import HostSystem

/// What a running stack tells about itself in `stack.json`, for commands in other terminals.
public struct StackState: Codable, Sendable, Equatable {
  /// The process that owns the stack.
  public var supervisor: Int32
  /// The API's base URL.
  public var url: String
  /// Where the stack's Redis listens.
  public var redisSocket: String
  /// Milliseconds since 1970 at the start.
  public var startedAt: Int64
  /// Process ids by program.
  public var processes: [String: Int32]
  /// Log files by program.
  public var logs: [String: String]

  package init(
    supervisor: Int32, url: String, redisSocket: String, startedAt: Int64, processes: [String: Int32],
    logs: [String: String]
  ) {
    self.supervisor = supervisor
    self.url = url
    self.redisSocket = redisSocket
    self.startedAt = startedAt
    self.processes = processes
    self.logs = logs
  }
}

/// The folder of a stack: its state file, and the lock that tells a living stack from the remains of a dead one.
public struct StackFolder: Sendable {
  /// The folder's path.
  public let path: String

  /// A folder that may or may not hold a stack.
  public init(_ path: String) {
    self.path = path
  }

  private var stateFile: String { "\(path)/stack.json" }
  private var lockFile: String { "\(path)/lock" }

  /// Takes the folder for one stack; the lock goes away with the process that holds the descriptor.
  package func lock() throws(StackError) -> FileDescriptor {
    let descriptor: FileDescriptor
    do { descriptor = try FileDescriptor.open(lockFile, O_RDWR | O_CREAT, mode: 0o600) } catch {
      throw StackError(.configuration, "cannot use the folder \(path): \(error)")
    }
    guard flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 else {
      let url = (try? read())?.url ?? "an unknown port"
      throw StackError(
        .configuration, "a stack already runs in \(path) on \(url)",
        hint: "use it, stop it with `rce-bench stack down`, or name another folder with --directory")
    }
    return descriptor
  }

  /// Whether a stack holds the folder at present.
  public var isInUse: Bool {
    guard let descriptor = try? FileDescriptor.open(lockFile, O_RDONLY) else { return false }
    guard flock(descriptor.number, LOCK_SH | LOCK_NB) == 0 else { return true }
    return false
  }

  /// The state of the stack that runs here.
  public func running() throws(StackError) -> StackState {
    guard isInUse, let state = try? read() else {
      throw StackError(
        .notRunning, "no stack runs in \(path)", hint: "start one with `rce-bench stack up` (or `--detach`)")
    }
    return state
  }

  private func read() throws -> StackState {
    try JSONDecoder().decode(StackState.self, from: Data(contentsOf: URL(filePath: stateFile)))
  }

  package func write(_ state: StackState) throws(StackError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do { try encoder.encode(state).write(to: URL(filePath: stateFile), options: .atomic) } catch {
      throw StackError(.configuration, "cannot write \(stateFile): \(error)")
    }
  }

  func forget() { unlink(stateFile) }

  /// Makes the folder and those inside it, for this user alone.
  public func create() throws(StackError) {
    // A socket's path must fit in 108 bytes (unix(7)).
    guard path.utf8.count < 90 else {
      throw StackError(
        .configuration, "the path \(path) is too long for a socket inside it (\(path.utf8.count) of 90 bytes)",
        hint: "name a shorter folder with --directory")
    }
    for folder in [path, "\(path)/redis", "\(path)/logs", "\(path)/code"] {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      } catch { throw StackError(.configuration, "cannot make the folder \(folder): \(error)") }
    }
  }

  /// Removes the folder of a stack that has stopped, with everything in it.
  public func purge() throws(StackError) {
    guard !isInUse else { throw StackError(.configuration, "a stack runs in \(path)", hint: "stop it first") }
    remove()
  }

  /// Removes the folder and all that is in it.
  public func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// A new folder in TMPDIR or /tmp that nobody else can read.
  public static func temporary() throws(StackError) -> StackFolder {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/rce-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw StackError(.configuration, "cannot make a folder in \(base): \(String(cString: strerror(errno)))")
    }
    return StackFolder(String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}
