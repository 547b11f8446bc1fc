import HostSystem
import JobBackends
import Logging
import MicroHTTP

/// Where callers, environments, processes and the timer meet: each event changes the state under its lock, and what
/// follows is done by the thread that brought the event.
final class HostDesk: ProcessEvents, Sendable {
  let supervisor: ProcessSupervisor
  private let state: Lock<HostState>
  private let retirement: RetirementRule
  private let doors: EnvironmentDoors?
  private let logger: Logger
  private let functionLog: EnvironmentHost.FunctionLog

  init(
    _ configuration: EnvironmentHostConfiguration, supervisor: ProcessSupervisor, logger: Logger,
    functionLog: @escaping EnvironmentHost.FunctionLog
  ) {
    state = Lock(HostState(configuration))
    retirement = RetirementRule(afterLimit: configuration.pool.recyclesAfterLimit)
    doors = configuration.hasOwnDoors ? EnvironmentDoors() : nil
    self.supervisor = supervisor
    self.logger = logger
    self.functionLog = functionLog
  }

  // MARK: - Callers

  func open(address: String) {
    change { state, now in
      state.address = address
      return state.open(at: now)
    }
  }

  func submit(_ work: InvocationWork) -> PendingInvocation {
    let now = MonotonicInstant.now
    let (invocation, effects) = state.withLock { state in
      let result = state.submit(work, at: now)
      setTimer(&state, after: now)
      return result
    }
    perform(effects)
    return invocation
  }

  func end(_ lease: EnvironmentLease) {
    change { state, now in state.ended(lease, at: now) }
  }

  @discardableResult
  func conclude(_ report: InvocationReport, in environment: EnvironmentView, programBytes: Int) -> [String] {
    var report = report
    let executorBytes = environment.processID.flatMap { MemoryUse.highWaterMark(of: $0) }
    report.maxMemoryUsedMB = state.withLock { state in
      state.totals.add(report)
      return state.memoryUsed(by: environment.id, executorBytes: executorBytes, programBytes: programBytes)
    }
    let lines = [report.endLine] + (report.status == .timeout ? [report.timeoutLine] : []) + [report.line]
    for line in lines { functionLog(line) }
    return lines
  }

  var snapshot: HostSnapshot { state.withLock { HostSnapshot($0, at: .now) } }

  func shutDown() {
    change { state, now in state.shutDown(at: now) }
    supervisor.post(.finish)
  }

  // MARK: - The Runtime API

  func serve(_ request: HTTPRequest, _ exchange: HTTPExchange) {
    switch RuntimeRoute.read(method: request.method, path: request.path) {
    case .unknownPath: exchange.answer(RuntimeAnswer.unknownPath)
    case .wrongMethod(let allowed): exchange.answer(RuntimeAnswer.wrongMethod(allowed: allowed))
    case .call(let route, let token):
      // Before the environment can ask for more, and outside the lock.
      let reason = if case .response = route { retirement.reason(in: request.body) } else { nil as RetirementReason? }
      change { state, now in
        guard let environment = state.environment(of: token) else {
          return [.respond(exchange, RuntimeAnswer.unknownEnvironment)]
        }
        return Self.call(route, by: environment, request, reason, exchange, &state, now)
      }
    }
  }

  private static func call(
    _ route: RuntimeRoute, by environment: EnvironmentID, _ request: HTTPRequest, _ reason: RetirementReason?,
    _ exchange: HTTPExchange, _ state: inout HostState, _ now: MonotonicInstant
  ) -> [HostEffect] {
    let type = request.header("lambda-runtime-function-error-type") ?? "Runtime.Unknown"
    switch route {
    case .next: return state.asked(environment, exchange, at: now)
    case .response(let requestId):
      let outcome: InvocationAnswer.Outcome =
        request.bodyExceedsLimit ? .responseTooLarge : .response(request.body)
      return state.answered(environment, requestId, outcome, reason, exchange, at: now)
    case .error(let requestId):
      let outcome = InvocationAnswer.Outcome.functionError(type: type, body: request.body)
      return state.answered(environment, requestId, outcome, reason, exchange, at: now)
    case .initError:
      return state.reportedInitError(environment, type: type, body: request.body, exchange, at: now)
    }
  }

  // MARK: - Processes and time

  func processStarts(_ environment: EnvironmentID, at instant: MonotonicInstant) {
    state.withLock { $0.processStarts(environment, at: instant) }
  }

  func processStarted(_ environment: EnvironmentID, processID: Int32) {
    let name = state.withLock { state in
      state.processStarted(environment, processID: processID)
      return state.records[environment]?.name
    }
    logger.info("environment \(name ?? "") started", metadata: ["pid": "\(processID)"])
  }

  func processEnded(_ environment: EnvironmentID, _ end: EnvironmentEnd) {
    let name = state.withLock { $0.records[environment]?.name } ?? ""
    logger.info("environment \(name) ended: \(end)")
    defer { doors?.close(environment) }
    change { state, now in state.processEnded(environment, detail: "\(end)", at: now) }
  }

  func processWrote(_ environment: EnvironmentID, _ lines: [String]) {
    guard !lines.isEmpty else { return }
    let name = state.withLock { $0.records[environment]?.name } ?? ""
    for line in lines { functionLog("[\(name)] \(line)") }
  }

  func timerFired() {
    change { state, now in
      state.timerAt = nil
      return state.tick(at: now)
    }
  }

  // MARK: - Change, then act

  private func change(_ body: (inout HostState, MonotonicInstant) -> [HostEffect]) {
    let now = MonotonicInstant.now
    let effects = state.withLock { state in
      let effects = body(&state, now)
      setTimer(&state, after: now)
      return effects
    }
    perform(effects)
  }

  /// Under the lock, so that a later setting never loses to an earlier one.
  private func setTimer(_ state: inout HostState, after now: MonotonicInstant) {
    guard let deadline = state.pool.nextDeadline(after: now) else { return }
    if let timerAt = state.timerAt, timerAt <= deadline { return }
    state.timerAt = deadline
    supervisor.wake(at: deadline)
  }

  private func perform(_ effects: [HostEffect]) {
    for effect in effects {
      switch effect {
      case .respond(let exchange, let response): exchange.answer(response)
      case .complete(let invocation, let answer): invocation.complete(answer)
      case .command(.start(let start)): supervisor.post(.start(doors?.open(start, serve) ?? start))
      case .command(let command): supervisor.post(command)
      case .functionLog(let line): functionLog(line)
      case .note(let line): logger.notice("\(line)")
      }
    }
  }
}
