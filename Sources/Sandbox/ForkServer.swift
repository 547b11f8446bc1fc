import CJail
import Glibc
import HostSystem

/// A process that copies itself into a sandbox for each program, and never runs one itself: a Python interpreter, whose
/// copies are its programs, or rce-jail, whose copies start them.
///
/// What it costs a program is a copy of the process instead of a start. Copies of an interpreter share the addresses of
/// its parts and the seed of its string hashes; nothing of one reaches another. It ends when its owner lets go of it,
/// and with its owner's process.
public final class ForkServer: Sendable {
  private let child: ChildProcess
  private let socket: FileDescriptor
  /// Kept open, so that the interpreter finds pipes as a program does.
  private let output: FileDescriptor
  private let count = Lock(0)
  /// Whether it has made what all its sandboxes have in common.
  let isStaged: Bool

  /// What a program is started with; only its arguments may differ.
  static let program = RCE_ZYGOTE_PROGRAM
  private static let patience: Int32 = 20_000

  /// Starts an interpreter and waits until it is ready.
  ///
  /// - Parameters:
  ///   - command: the interpreter and its options, without the program.
  ///   - library: what makes it a fork server.
  convenience init(
    command: [String], environment: [EnvironmentVariable], library: String, template: [UInt8]?
  ) throws(SystemCallError) {
    let variables = environment.map { "\($0.name)=\($0.value)" } + ["PWD=/box", "LD_PRELOAD=" + library]
    try self.init(ProcessRequest(command[0], command.dropFirst() + [Self.program], environment: variables), template)
  }

  /// Starts rce-jail and waits until it is ready.
  convenience init(jail: String, template: [UInt8]?) throws(SystemCallError) {
    try self.init(ProcessRequest(jail, ["--serve"]), template)
  }

  private init(_ request: ProcessRequest, _ template: [UInt8]?) throws(SystemCallError) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw SystemCallError("socketpair")
    }
    socket = FileDescriptor(owning: ends[0])
    let far = FileDescriptor(owning: ends[1])
    var pipe = try Pipe()
    guard let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
      throw SystemCallError("pipe2", code: EBADF)
    }
    let input = try FileDescriptor.sealedMemory(named: "stdin", [])
    isStaged = template != nil
    let stage = try FileDescriptor.sealedMemory(named: "template", template ?? [])
    var request = request
    request.descriptors = [input.number, writing.number, writing.number, far.number]
    if isStaged { request.descriptors.append(stage.number) }
    request.directory = "/"
    request.newSession = true
    child = try ChildProcess(request)
    _ = consume stage
    output = reading
    _ = consume far
    try awaitReadiness()
  }

  deinit {
    child.signal(SIGKILL)
    _ = try? child.wait()
  }

  private func awaitReadiness() throws(SystemCallError) {
    var descriptor: Int32 = -1
    let answer = rce_zygote_wait(socket.number, Self.patience, &descriptor)
    guard answer == 0 else { throw SystemCallError("start a fork server", code: -answer) }
  }

  /// Programs that it was asked for.
  public var programs: Int { count.withLock { $0 } }

  /// Whether it can still be asked.
  public var isAlive: Bool { !child.hasEnded(within: 0) }

  /// Copies itself into a sandbox.
  ///
  /// - Parameters:
  ///   - descriptors: configuration, standard input, output and error, reports, and the network where there is one.
  ///   - groups: what the first process enters its control groups by.
  func fork(_ descriptors: [Int32], groups: [Int32]) throws(SystemCallError) -> SandboxProcess {
    var descriptor: Int32 = -1
    // One question at a time: answers carry no name.
    let answer = count.withLock { count in
      count += 1
      let all = descriptors + groups
      return rce_zygote_ask(socket.number, all, all.count, groups.count, &descriptor)
    }
    guard answer > 0 else { throw SystemCallError("copy a fork server", code: -answer) }
    return .forked(ForkedProcess(id: answer, descriptor: FileDescriptor(owning: descriptor)))
  }
}
