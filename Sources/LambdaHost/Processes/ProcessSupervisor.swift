import Glibc
import HostSystem

/// What the supervisor tells of processes and time, on its own thread.
protocol ProcessEvents: AnyObject {
  func processStarts(_ environment: EnvironmentID, at instant: MonotonicInstant)
  func processStarted(_ environment: EnvironmentID, processID: Int32)
  func processEnded(_ environment: EnvironmentID, _ end: EnvironmentEnd)
  func processWrote(_ environment: EnvironmentID, _ lines: [String])
  func timerFired()
}

/// How an environment's process came to its end.
enum EnvironmentEnd: Sendable {
  /// It could not be started.
  case notStarted(SystemCallError)
  /// It ran, and ended; with the last line that it wrote.
  case ended(ProcessEnd?, lastLine: String?)
}

/// The one thread that starts, watches, signals and collects the processes of all environments.
///
/// One thread, and one that lives as long as the host, because the kernel sends the parent-death signal when the thread
/// that started a process ends (prctl(2), PR_SET_PDEATHSIG), not when the whole parent does.
final class ProcessSupervisor: Sendable {
  enum Command: Sendable {
    case start(EnvironmentStart)
    case terminate(EnvironmentID)
    case kill(EnvironmentID)
    /// The thread ends as soon as no process is left.
    case finish
  }

  private let launch: ExecutorLaunch
  private let commands = Lock<[Command]>([])
  private let bell: EventDescriptor
  private let timer: TimerDescriptor

  init(_ launch: ExecutorLaunch) throws(SystemCallError) {
    self.launch = launch
    bell = try EventDescriptor()
    timer = try TimerDescriptor()
  }

  /// Hands a command to the thread.
  func post(_ command: Command) {
    commands.withLock { $0.append(command) }
    bell.raise()
  }

  /// Asks for `timerFired` at an instant; safe from any thread (timerfd_settime(2)).
  func wake(at instant: MonotonicInstant?) { timer.arm(at: instant) }

  /// The thread's whole life.
  func run(_ events: some ProcessEvents) {
    var processes: [EnvironmentID: EnvironmentProcess] = [:]
    var isFinishing = false
    while !(isFinishing && processes.isEmpty) {
      let ready = wait(for: processes.values)
      if ready.timer { timer.clear() }
      if ready.timer { events.timerFired() }
      for process in ready.output { events.processWrote(process.environment, process.readLines()) }
      for process in ready.ended {
        processes[process.environment] = nil
        conclude(process, events)
      }
      bell.clear()
      for command in takeCommands() {
        if case .finish = command { isFinishing = true }
        perform(command, &processes, events)
      }
    }
  }

  private func takeCommands() -> [Command] {
    commands.withLock { commands in
      defer { commands = [] }
      return commands
    }
  }

  private func perform(
    _ command: Command, _ processes: inout [EnvironmentID: EnvironmentProcess], _ events: some ProcessEvents
  ) {
    switch command {
    case .start(let start):
      let environment = start.environment
      events.processStarts(environment, at: .now)
      do {
        let process = try EnvironmentProcess(start, launch)
        processes[environment] = process
        events.processStarted(environment, processID: process.child.id)
      } catch {
        events.processEnded(environment, .notStarted(error))
      }
    case .terminate(let environment): processes[environment]?.terminate()
    case .kill(let environment): processes[environment]?.kill()
    case .finish: break
    }
  }

  private func conclude(_ process: EnvironmentProcess, _ events: some ProcessEvents) {
    let end = process.reap()
    events.processWrote(process.environment, process.readLines(atEnd: true))
    events.processEnded(process.environment, .ended(end, lastLine: process.lastLine))
  }

  private struct Ready {
    var timer = false
    var output: [EnvironmentProcess] = []
    var ended: [EnvironmentProcess] = []
  }

  private func wait(for processes: some Collection<EnvironmentProcess>) -> Ready {
    var entries = [bell.number, timer.number].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    for process in processes {
      for number in [process.child.descriptor.number, process.outputIsOpen ? process.output.number : -1] {
        entries.append(pollfd(fd: number, events: Int16(POLLIN), revents: 0))
      }
    }
    while poll(&entries, nfds_t(entries.count), -1) < 0 && errno == EINTR {}
    var ready = Ready(timer: entries[1].revents != 0)
    for (index, process) in processes.enumerated() {
      if entries[2 + 2 * index].revents != 0 { ready.ended.append(process) }
      if entries[3 + 2 * index].revents != 0 { ready.output.append(process) }
    }
    return ready
  }
}

extension EnvironmentEnd: CustomStringConvertible {
  /// How it ended and what it said last, in one line.
  var description: String {
    switch self {
    case .notStarted(let error): return "\(error)"
    case .ended(let end, let lastLine):
      let manner =
        switch end {
        case .exited(let code): "exited with code \(code)"
        case .signalled(let signal): "killed by signal \(signal)"
        case nil: "gone"
        }
      return lastLine.map { "\(manner); it last wrote: \($0)" } ?? manner
    }
  }
}
