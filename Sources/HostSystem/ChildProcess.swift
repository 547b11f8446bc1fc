public import CLinux
import Glibc

/// How to start a program: everything is said, nothing is inherited but the working directory.
public struct ProcessRequest: Sendable {
  /// Absolute path of the program; no search and no shell.
  public var path: String
  /// Arguments after the program's name.
  public var arguments: [String]
  /// The whole environment, for example `["PATH=/usr/bin"]`.
  public var environment: [String]
  /// Working directory; nil keeps the caller's.
  public var directory: String?
  /// The i-th number becomes descriptor i of the child, -1 is /dev/null there; every other descriptor is closed.
  public var descriptors: [Int32] = [-1, -1, -1]
  /// Resource limits by RLIMIT_* number.
  public var limits: [rce_limit] = []
  /// Open descriptors of `cgroup.procs` or `tasks` files that the child enters before it runs.
  public var controlGroups: [Int32] = []
  /// Host user and group of the child; nil keeps the caller's.
  public var userID: UInt32?
  /// A session of its own, so that no terminal and no signal of the caller's group reaches it.
  public var newSession = false
  /// A process group of its own.
  public var newProcessGroup = false
  /// The signal that the child gets when the thread that started it ends.
  public var parentDeathSignal: Int32?

  /// A program with its arguments and its whole environment.
  public init(_ path: String, _ arguments: [String] = [], environment: [String] = []) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
  }
}

/// How a child ended.
public enum ProcessEnd: Sendable, Hashable {
  /// It returned this exit code.
  case exited(Int32)
  /// This signal ended it.
  case signalled(Int32)
}

/// A running child, waited for by its owner.
public struct ChildProcess: ~Copyable, Sendable {
  /// The process id, valid until `wait` returns.
  public let id: Int32
  /// A descriptor that becomes readable when the child ends (pidfd_open(2)).
  public let descriptor: FileDescriptor

  /// Starts a program (vfork and exec, so that the cost does not grow with the caller's size).
  public init(_ request: ProcessRequest) throws(SystemCallError) {
    var descriptor: Int32 = -1
    let id = Self.spawn(request, &descriptor)
    guard id > 0 else { throw SystemCallError("start", request.path, code: -id) }
    self.id = id
    self.descriptor = FileDescriptor(owning: descriptor)
  }

  private static func spawn(_ request: ProcessRequest, _ descriptor: inout Int32) -> Int32 {
    let arguments = CStringArray([request.path] + request.arguments)
    let environment = CStringArray(request.environment)
    // The optimiser may end an object's life after its last use, which here is the pointer that C holds.
    defer { withExtendedLifetime((arguments, environment)) {} }
    return request.descriptors.withUnsafeBufferPointer { descriptors in
      request.limits.withUnsafeBufferPointer { limits in
        request.controlGroups.withUnsafeBufferPointer { groups in
          request.path.withCString { path in
            withOptionalCString(request.directory) { directory in
              guard let numbers = descriptors.baseAddress else { return -EINVAL }
              var spawn = rce_spawn(
                path: path, arguments: arguments.pointer, environment: environment.pointer, directory: directory,
                descriptors: numbers, descriptorCount: descriptors.count, limits: limits.baseAddress,
                limitCount: limits.count, controlGroups: groups.baseAddress, controlGroupCount: groups.count,
                userID: request.userID ?? 0, groupID: request.userID ?? 0, newSession: request.newSession ? 1 : 0,
                newProcessGroup: request.newProcessGroup ? 1 : 0,
                parentDeathSignal: request.parentDeathSignal ?? 0)
              return rce_spawn(&spawn, &descriptor)
            }
          }
        }
      }
    }
  }

  /// Sends a signal to the child, never to a process that has taken over its id.
  @discardableResult
  public borrowing func signal(_ number: Int32) -> Bool {
    rce_pidfd_send_signal(descriptor.number, number) == 0
  }

  /// Waits for the end; the usage covers the child and the descendants that it waited for.
  public borrowing func wait() throws(SystemCallError) -> (end: ProcessEnd, usage: rusage) {
    var status: Int32 = 0
    var usage = rusage()
    while rce_wait(id, &status, &usage, 0) < 0 {
      guard errno == EINTR else { throw SystemCallError("wait4", "\(id)") }
    }
    let signal = status & 0x7f
    return (signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal), usage)
  }

  /// Whether the child has ended by then; a negative wait is without end.
  public borrowing func hasEnded(within milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
    while true {
      let count = poll(&entry, 1, milliseconds)
      if count >= 0 || errno != EINTR { return count > 0 }
    }
  }
}

private func withOptionalCString<Result>(_ text: String?, _ body: (UnsafePointer<CChar>?) -> Result) -> Result {
  guard let text else { return body(nil) }
  return text.withCString { body($0) }
}

/// A NULL-terminated array of C strings that lives as long as this value's owner.
private final class CStringArray {
  let pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointer = .allocate(capacity: strings.count + 1)
    for (index, string) in strings.enumerated() { pointer[index] = strdup(string) }
    pointer[strings.count] = nil
  }

  deinit {
    for index in 0..<count { free(pointer[index]) }
    pointer.deallocate()
  }
}
