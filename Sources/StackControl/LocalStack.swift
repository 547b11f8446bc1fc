import FoundationEssentials
import Glibc
import HostSystem

/// A whole platform on this machine: Redis, host and API, started together, watched, and stopped together.
///
/// One thread owns the programs from the first start to the last stop: they get SIGKILL when it ends, however it ends
/// (prctl(2), PR_SET_PDEATHSIG), so that nothing outlives a stack whose process was killed.
public final class LocalStack: Sendable {
  private enum Phase: Sendable {
    case starting
    case ready(StackState)
    case ended(StackError?)
  }

  private let phase = Lock(Phase.starting)
  private let stopRequest: EventDescriptor
  private let report: @Sendable (String) -> Void
  private let isCancelled: @Sendable () -> Bool

  /// Starts a stack and waits until all of it is ready.
  ///
  /// - Parameters:
  ///   - programs: which of its programs, in their order; the last one must be the API.
  ///   - isCancelled: asked while the programs start; true ends the start with an error of kind `cancelled`.
  ///   - report: told of deaths and restarts, a line each.
  public init(
    _ configuration: StackConfiguration, programs: [StackProgram] = StackProgram.allCases,
    unless isCancelled: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(StackError) {
    self.report = report
    self.isCancelled = isCancelled
    do { stopRequest = try EventDescriptor() } catch { throw StackError(.failed, "\(error)") }
    do { _ = try NativeThread(named: "stack") { [self] in own(configuration, programs) } } catch {
      throw StackError(.failed, "\(error)")
    }
    let outcome = phase.wait { phase -> Phase? in
      if case .starting = phase { return nil }
      return phase
    }
    if case .ended(let error) = outcome, let error { throw error }
  }

  /// What the running stack tells about itself; nil once it has ended.
  public var state: StackState? {
    phase.withLock { phase in
      if case .ready(let state) = phase { return state }
      return nil
    }
  }

  /// Waits until the stack has ended, by `stop` or because one of its programs kept dying.
  public func waitForEnd() throws(StackError) {
    let error = phase.wait { phase -> StackError?? in
      if case .ended(let error) = phase { return .some(error) }
      return nil
    }
    if let error = error ?? nil { throw error }
  }

  /// Asks the stack to end, without waiting; safe from any thread.
  public func requestStop() { stopRequest.raise() }

  /// Ends the stack and waits until nothing of it is left.
  public func stop() {
    requestStop()
    try? waitForEnd()
  }

  private func own(_ configuration: StackConfiguration, _ programs: [StackProgram]) {
    var failure: StackError?
    do { try runAll(configuration, programs) } catch { failure = error }
    if configuration.isTemporary { StackFolder(configuration.directory).remove() }
    phase.withLock { $0 = .ended(failure) }
    phase.notifyAll()
  }

  private func runAll(_ configuration: StackConfiguration, _ programs: [StackProgram]) throws(StackError) {
    let folder = StackFolder(configuration.directory)
    try folder.create()
    let lock = try folder.lock()
    var running: [StackProcess] = []
    defer {
      for process in running.reversed() { process.stop() }
      folder.forget()
      withExtendedLifetime(lock.number) {}
    }
    var configuration = configuration
    let url = try start(configuration, programs, &running)
    // A restarted API must come back where its clients know it.
    configuration.port = url.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
    try announce(url, configuration, running)
    try watch(configuration, &running, url)
  }

  private func start(
    _ configuration: StackConfiguration, _ programs: [StackProgram], _ running: inout [StackProcess]
  ) throws(StackError) -> String {
    var ready = ""
    for program in programs { running.append(try StackProcess(program, configuration)) }
    let deadline = MonotonicInstant.now + 30_000_000_000
    for process in running { ready = try process.waitUntilReady(until: deadline, unless: isCancelled) }
    return String(ready.prefix { !$0.isWhitespace })
  }

  private func announce(
    _ url: String, _ configuration: StackConfiguration, _ running: [StackProcess]
  ) throws(StackError) {
    let names = StackProgram.allCases.map(\.rawValue)
    let state = StackState(
      supervisor: getpid(), url: url, redisSocket: configuration.redisSocket, startedAt: WallClock.milliseconds,
      processes: Dictionary(uniqueKeysWithValues: running.map { ($0.program.rawValue, $0.child.id) }),
      logs: Dictionary(uniqueKeysWithValues: names.map { ($0, configuration.log(of: $0)) }))
    try StackFolder(configuration.directory).write(state)
    phase.withLock { $0 = .ready(state) }
    phase.notifyAll()
  }

  /// Waits for a stop or a death; a program that died is started again on the same data.
  private func watch(
    _ configuration: StackConfiguration, _ running: inout [StackProcess], _ url: String
  ) throws(StackError) {
    var policy = RestartPolicy()
    while true {
      guard let index = waitForDeath(running) else { return }
      let program = running[index].program
      let end = try? running[index].child.wait().end
      guard case .restart(let pause) = policy.died(program, at: .now) else {
        throw StackError(
          .failed, "\(program.rawValue) keeps dying (\(words(end))); the stack was stopped",
          hint: "see \(configuration.log(of: program.rawValue))")
      }
      report("\(program.rawValue) died (\(words(end))): starting it again")
      usleep(UInt32(pause / 1_000))
      let process = try StackProcess(program, configuration)
      running[index] = process
      _ = try process.waitUntilReady(until: .now + 30_000_000_000, unless: { false })
      try announce(url, configuration, running)
    }
  }

  /// The index of a program that has ended, or nil when a stop was asked for.
  private func waitForDeath(_ running: [StackProcess]) -> Int? {
    var entries = running.map { pollfd(fd: $0.child.descriptor.number, events: Int16(POLLIN), revents: 0) }
    entries.append(pollfd(fd: stopRequest.number, events: Int16(POLLIN), revents: 0))
    while poll(&entries, nfds_t(entries.count), -1) < 0 && errno == EINTR {}
    if entries[running.count].revents != 0 { return nil }
    return entries.firstIndex { $0.revents != 0 }
  }

  private func words(_ end: ProcessEnd?) -> String {
    switch end {
    case .exited(let code): "exit code \(code)"
    case .signalled(let signal): "signal \(signal)"
    case nil: "unknown end"
    }
  }
}
