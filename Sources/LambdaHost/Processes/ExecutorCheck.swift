import Glibc
import HostSystem

/// What `rce-executor --check` says of this machine before any environment is started.
public enum ExecutorCheck: Sendable, Hashable {
  /// It can run programs; the lines say how, and with which compilers and interpreters.
  case passed(lines: [String])
  /// It cannot; the lines say why and what to do.
  case failed(manner: String, lines: [String])

  /// Runs the check of an executor as an environment would run it, and waits for it.
  public static func run(_ launch: ExecutorLaunch, timeoutMilliseconds: Int = 20_000) throws -> Self {
    var pipe = try Pipe()
    guard let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
      throw SystemCallError("pipe2", code: EBADF)
    }
    var check = launch
    check.arguments += ["--check"]
    let child = try ChildProcess(check.request(api: "", name: "check", log: writing.number))
    _ = consume writing
    let isInTime = child.hasEnded(within: Int32(clamping: timeoutMilliseconds))
    // The group as a whole: what it started must not hold the pipe open.
    kill(-child.id, SIGKILL)
    let end = try child.wait().end
    try reading.setNonBlocking()
    let lines = output(of: reading)
    if isInTime, end == .exited(0) { return .passed(lines: lines) }
    let manner = isInTime ? "\(EnvironmentEnd.ended(end, lastLine: nil))" : "no end within \(timeoutMilliseconds) ms"
    return .failed(manner: manner, lines: lines)
  }

  /// A pipe holds 64 KiB, which a report does not fill.
  private static func output(of reading: borrowing FileDescriptor) -> [String] {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(reading.number, &buffer, buffer.count)
    var splitter = LineSplitter()
    let lines = splitter.append(buffer.prefix(max(0, count)))
    return (lines + [splitter.finish()].compactMap { $0 }).filter { !$0.isEmpty }
  }
}
