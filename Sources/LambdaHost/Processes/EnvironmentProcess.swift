import Glibc
import HostSystem

/// The process of one environment and the pipe that its output comes through; it lives on the supervisor's thread.
final class EnvironmentProcess {
  let environment: EnvironmentID
  let child: ChildProcess
  let output: FileDescriptor
  private var splitter = LineSplitter()
  /// False once every writer has closed the pipe; polling it would then return at once, for ever.
  private(set) var outputIsOpen = true
  /// The last line that it wrote, which often says why it ended.
  private(set) var lastLine: String?

  init(_ start: EnvironmentStart, _ launch: ExecutorLaunch) throws(SystemCallError) {
    var pipe = try Pipe()
    guard let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
      throw SystemCallError("pipe2", code: EBADF)
    }
    try reading.setNonBlocking()
    child = try ChildProcess(launch.request(start, log: writing.number))
    output = reading
    environment = start.environment
  }

  /// Asks the process to end.
  func terminate() { child.signal(SIGTERM) }

  /// Kills the process and all that is in its group; what it has put into other sessions must die with it by itself.
  func kill() {
    // The group's number stays taken until the process has been waited for.
    Glibc.kill(-child.id, SIGKILL)
    child.signal(SIGKILL)
  }

  /// Collects the process after its end, with what is left of its group.
  func reap() -> ProcessEnd? {
    Glibc.kill(-child.id, SIGKILL)
    return try? child.wait().end
  }

  /// The lines written since the last call; `atEnd` adds one that has no line end.
  func readLines(atEnd: Bool = false) -> [String] {
    var lines: [String] = []
    withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
      // A bounded number of pieces, so that one environment that never stops writing does not hold up the others.
      for _ in 0..<64 where outputIsOpen {
        let count = read(output.number, buffer.baseAddress, buffer.count)
        if count == 0 { outputIsOpen = false }
        guard count > 0 else { break }
        lines += splitter.append(buffer[..<count])
      }
    }
    if atEnd, let line = splitter.finish() { lines.append(line) }
    lastLine = lines.last { !$0.isEmpty } ?? lastLine
    return lines
  }
}
