import FoundationEssentials
import Glibc
import HostSystem
public import Jobs

/// Programs of the executor for a user that owns nothing but a temporary directory, on a kernel that refuses much.
///
/// The refusals are real: a filter of system calls, which the executor and everything below it cannot take off.
public final class PlainExecutor {
  /// What the kernel refuses.
  public enum Kernel: String, CaseIterable, Sendable {
    /// As on AWS Lambda: no namespaces, no filter of one's own, no Landlock.
    case lambda
    /// No namespaces.
    case withoutNamespaces
  }

  private static let users = Lock<UInt32>(1_800_000_000 + UInt32(getpid()) % 30_000 * 1_000)
  /// What the kernel refuses it.
  public let kernel: Kernel
  /// The user that it runs as.
  public let user: UInt32
  /// Where the programs lie that the user runs.
  public let folder: String
  /// The directory that the user owns.
  public var temporary: String { folder + "/tmp" }

  /// Copies the programs to where the user can run them.
  public init(_ kernel: Kernel) throws {
    self.kernel = kernel
    user = Self.users.withLock { user in
      user += 1
      return user
    }
    var template = Array("/tmp/rce-plain-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemCallError("mkdtemp") }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    chmod(folder, 0o755)
    let built = try ExecutorProcess.path().split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
    for name in ["rce-executor", "rce-jail", "rce-init"] { try Self.copy(built + "/" + name, to: folder + "/" + name) }
    mkdir(temporary, 0o700)
    chown(temporary, user, user)
  }

  deinit {
    for name in DirectoryNames.list(temporary) { unlink(temporary + "/" + name) }
    rmdir(temporary)
    for name in ["rce-executor", "rce-jail", "rce-init"] { unlink(folder + "/" + name) }
    rmdir(folder)
  }

  private static func copy(_ source: String, to target: String) throws {
    let bytes = try FileDescriptor.open(source, O_RDONLY).readAll()
    let file = try FileDescriptor.open(target, O_WRONLY | O_CREAT | O_EXCL, mode: 0o755)
    try bytes.withUnsafeBytes { try file.writeAll($0) }
    chmod(target, 0o755)
  }

  /// Starts the executor as the user.
  public func start(
    _ arguments: [String], _ more: [String] = ["RCE_EXECUTOR_FLOOR=none"], temporary: String? = nil, input: String = ""
  ) throws -> ExecutorProcess {
    try ExecutorProcess(
      program: "/usr/bin/setpriv",
      [
        "--reuid", "\(user)", "--regid", "\(user)", "--clear-groups", "/usr/bin/python3", "-I", "-c", Self.refusing,
        kernel.rawValue, folder + "/rce-executor",
      ] + arguments,
      environment: [
        "PATH=/usr/bin:/bin", "TMPDIR=\(temporary ?? self.temporary)", "AWS_SECRET_ACCESS_KEY=canary-of-the-role",
      ] + more,
      input: Array(input.utf8))
  }

  /// Runs one program by hand.
  public func run(
    _ request: ExecutionRequest, _ more: [String] = ["RCE_EXECUTOR_FLOOR=none"]
  ) throws -> ExecutionResult {
    let input = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
    let result = try start(["--once"], more, input: input).finish()
    guard result.end == .exited(0) else { throw SystemCallError(result.errors, code: ECHILD) }
    return try JSONDecoder().decode(ExecutionResult.self, from: Data(result.output.utf8))
  }

  /// Processes of the user.
  public var processes: [String] {
    DirectoryNames.list("/proc").filter { name in
      guard Int32(name) != nil, let file = try? FileDescriptor.open("/proc/\(name)/status", O_RDONLY),
        let text = (try? file.readAll()).map({ String(decoding: $0, as: UTF8.self) })
      else { return false }
      return text.contains("\nUid:\t\(user)\t") && !text.contains("\nState:\tZ")
    }
  }

  /// Puts a filter around itself and becomes the program in its arguments.
  private static let refusing = """
    import ctypes, os, platform, struct, sys
    kernel, program = sys.argv[1:3]
    LOAD, EQUAL, SET, RETURN, ALLOW = 0x20, 0x15, 0x45, 0x06, 0x7fff0000
    refuse = lambda error: (RETURN, 0, 0, 0x00050000 | error)
    EPERM, ENOSYS = 1, 38
    arm = platform.machine() == 'aarch64'
    seccomp, unshare, setns, clone, prctl = (277, 97, 268, 220, 167) if arm else (317, 272, 308, 56, 157)
    calls = {unshare: EPERM, setns: EPERM, 435: ENOSYS}
    if kernel == 'lambda': calls |= {seccomp: EPERM, 444: ENOSYS}
    lines = [(LOAD, 0, 0, 0)]
    for number, error in calls.items(): lines += [(EQUAL, 0, 1, number), refuse(error)]
    lines += [(EQUAL, 0, 3, clone), (LOAD, 0, 0, 16), (SET, 0, 1, 0x7e020000), refuse(EPERM), (LOAD, 0, 0, 0)]
    if kernel == 'lambda':
        lines += [(EQUAL, 0, 3, prctl), (LOAD, 0, 0, 16), (EQUAL, 0, 1, 22), refuse(EPERM), (LOAD, 0, 0, 0)]
    lines += [(RETURN, 0, 0, ALLOW)]
    code = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *line) for line in lines))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, struct.pack('HxxxxxxQ', len(lines), ctypes.addressof(code)), 0, 0):
        sys.exit('the kernel takes no filter')
    os.execv(program, sys.argv[2:])
    """
}
