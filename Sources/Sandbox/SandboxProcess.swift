import CLinux
import Glibc
import HostSystem

/// A process that is not this one's child.
struct ForkedProcess: ~Copyable, Sendable {
  let id: Int32
  let descriptor: FileDescriptor
}

/// The process whose end is the end of a sandbox.
enum SandboxProcess: ~Copyable, Sendable {
  /// A backend's program, which makes the sandbox's first process and waits for it.
  case program(ChildProcess)
  /// rce-jail without namespaces: nothing but itself ends what it has started.
  case plain(ChildProcess)
  /// The sandbox's first process itself, which is a fork server's child.
  case forked(ForkedProcess)

  /// Becomes readable at its end.
  var pollNumber: Int32 {
    switch self {
    case .program(let child): child.descriptor.number
    case .plain(let child): child.descriptor.number
    case .forked(let process): process.descriptor.number
    }
  }

  /// The first process where its number need not be asked for.
  var knownFirst: Int32? {
    switch self {
    case .program: nil
    case .plain: nil
    case .forked(let process): process.id
    }
  }

  /// Kills the sandbox's first process, upon which the kernel kills all others in it, or else what makes it.
  func kill(first: Int32?) {
    switch self {
    case .program(let child):
      if let first, FirstProcess.kill(first, childOf: child.id) { return }
      // Nothing of the program runs yet; what the backend has started dies with it.
      child.signal(SIGKILL)
    case .plain(let child): child.signal(SIGTERM)
    case .forked(let process): _ = rce_pidfd_send_signal(process.descriptor.number, SIGKILL)
    }
  }

  /// Kills the process itself.
  func kill() {
    switch self {
    case .program(let child): child.signal(SIGKILL)
    case .plain(let child): child.signal(SIGKILL)
    case .forked: kill(first: nil)
    }
  }

  /// Whether there are no namespaces.
  var isPlain: Bool {
    switch self {
    case .plain: true
    case .program: false
    case .forked: false
    }
  }

  /// Whether it has ended.
  var hasEnded: Bool {
    var entry = pollfd(fd: pollNumber, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, 0) > 0
  }

  /// Takes its end, which has come: how, and the CPU nanoseconds of everything below it; nil where another process is
  /// told.
  func conclude() throws(SystemCallError) -> (end: ProcessEnd, cpu: Int64)? {
    switch self {
    case .program(let child): return try Self.wait(for: child)
    case .plain(let child): return try Self.wait(for: child)
    case .forked: return nil
    }
  }

  private static func wait(for child: borrowing ChildProcess) throws(SystemCallError) -> (end: ProcessEnd, cpu: Int64) {
    let (end, usage) = try child.wait()
    return (end, usage.cpuNanoseconds)
  }
}
