import Glibc
import HostSystem

/// One program of a stack while it runs, its output going to its log.
final class StackProcess {
  let program: StackProgram
  let child: ChildProcess
  private let log: String
  /// Where this process's own lines begin in the log.
  private let logStart: Int

  /// Starts a program; its end is noticed through `child.descriptor`.
  init(_ program: StackProgram, _ configuration: StackConfiguration) throws(StackError) {
    self.program = program
    log = configuration.log(of: program.rawValue)
    var request = try configuration.request(for: program)
    // Ctrl-C in a terminal goes to the whole foreground group: the supervisor alone decides when its programs stop.
    request.newSession = true
    request.parentDeathSignal = SIGKILL
    do {
      let output = try FileDescriptor.open(log, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
      logStart = Int(lseek(output.number, 0, SEEK_END))
      request.descriptors = [-1, output.number, output.number]
      child = try ChildProcess(request)
    } catch { throw StackError(.failed, "cannot start \(program.rawValue): \(error)") }
  }

  /// What this process has logged so far.
  var logged: String {
    guard let file = try? FileDescriptor.open(log, O_RDONLY) else { return "" }
    lseek(file.number, off_t(logStart), SEEK_SET)
    return String(decoding: (try? file.readAll()) ?? [], as: UTF8.self)
  }

  /// Waits for the line that says that the program is ready, and returns it from the ready words on.
  func waitUntilReady(
    until deadline: MonotonicInstant, unless isCancelled: () -> Bool
  ) throws(StackError) -> String {
    while true {
      if let line = logged.split(separator: "\n").first(where: { $0.contains(program.readyLine) }),
        let range = line.firstRange(of: program.readyLine)
      {
        return String(line[range.upperBound...])
      }
      if child.hasEnded(within: 10) { throw death() }
      if isCancelled() { throw StackError(.cancelled, "interrupted while the local stack was starting") }
      if MonotonicInstant.now >= deadline {
        throw StackError(.failed, "\(program.rawValue) was not ready in time; it logged:\n\(tail)", hint: "see \(log)")
      }
    }
  }

  private func death() -> StackError {
    let end = try? child.wait().end
    let kind: StackError.Kind = end == .exited(2) || end == .exited(6) ? .configuration : .failed
    return StackError(kind, "\(program.rawValue) ended before it was ready:\n\(tail)", hint: "its log is \(log)")
  }

  private var tail: String {
    logged.split(separator: "\n").suffix(8).map { "    \($0)" }.joined(separator: "\n")
  }

  /// Asks the program to end, waits for as long as it may take, and then makes it.
  func stop() {
    child.signal(SIGTERM)
    if !child.hasEnded(within: Int32(program.grace * 1_000)) { child.signal(SIGKILL) }
    _ = try? child.wait()
  }
}
