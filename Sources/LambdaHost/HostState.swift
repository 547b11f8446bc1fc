import HostSystem
import JobBackends
import MicroHTTP

/// Everything of a host that threads share: the pool, and what belongs to its environments and invocations.
///
/// Its methods change values only, and return what is to be done once the lock is released.
struct HostState: Sendable {
  private(set) var pool: EnvironmentPool
  private(set) var records: [EnvironmentID: EnvironmentRecord] = [:]
  private var invocations: [InvocationID: PendingInvocation] = [:]
  private var environments: [String: EnvironmentID] = [:]
  private var nextInvocation = 1
  var totals = HostTotals()
  /// When the timer fires next, so that it is only set where that is earlier.
  var timerAt: MonotonicInstant?
  private let functionName: String
  private let memoryMB: Int
  private let namePrefix: String
  var address = ""

  init(_ configuration: EnvironmentHostConfiguration) {
    pool = EnvironmentPool(configuration.pool)
    functionName = configuration.launch.functionName
    memoryMB = configuration.launch.memoryMB
    // So that two hosts on one queue have different names for their environments.
    namePrefix = "env-" + hexadecimal(.random(in: .min ... .max)).prefix(6)
  }

  // MARK: - Callers

  mutating func open(at instant: MonotonicInstant) -> [HostEffect] {
    apply(pool.opened(at: instant), at: instant)
  }

  mutating func submit(_ work: InvocationWork, at instant: MonotonicInstant) -> (PendingInvocation, [HostEffect]) {
    let invocation = PendingInvocation(id: InvocationID(nextInvocation), work: work)
    nextInvocation += 1
    invocations[invocation.id] = invocation
    let request = PoolRequest(invocation.id, tenant: work.tenant, lease: work.lease, whenFull: work.whenFull)
    return (invocation, apply(pool.acquire(request, at: instant), at: instant))
  }

  mutating func ended(_ lease: EnvironmentLease, at instant: MonotonicInstant) -> [HostEffect] {
    apply(pool.ended(lease, at: instant), at: instant)
  }

  mutating func shutDown(at instant: MonotonicInstant) -> [HostEffect] {
    apply(pool.shutDown(at: instant), at: instant, detail: "the host is shutting down")
  }

  /// Mebibytes that an environment has used at most so far, this reading included.
  mutating func memoryUsed(by environment: EnvironmentID, executorBytes: Int?, programBytes: Int) -> Int {
    let known = records[environment]
    let executor = max(executorBytes ?? 0, known?.executorBytes ?? 0)
    let program = max(programBytes, known?.largestProgramBytes ?? 0)
    records[environment]?.executorBytes = executor
    records[environment]?.largestProgramBytes = program
    return MemoryUse.mebibytes(executorBytes: executor, largestProgramBytes: program, memoryMB: memoryMB)
  }

  // MARK: - The Runtime API

  func environment(of token: String) -> EnvironmentID? { environments[token] }

  mutating func asked(
    _ environment: EnvironmentID, _ exchange: HTTPExchange, at instant: MonotonicInstant
  ) -> [HostEffect] {
    guard case .accepted(let actions) = pool.asked(environment, at: instant) else {
      return [.respond(exchange, RuntimeAnswer.invalidTransition)]
    }
    // A request that is repeated on a new connection takes the place of the old one.
    var effects: [HostEffect] = []
    if let old = records[environment]?.parked { effects.append(.respond(old, RuntimeAnswer.invalidTransition)) }
    records[environment]?.parked = exchange
    if let record = records[environment], record.initDuration == nil {
      let duration = instant - (record.startedAt ?? instant)
      records[environment]?.initDuration = duration
      // Lambda tells every initialisation of the provisioned concurrency, and no other that went well.
      if record.type == .provisioned { effects.append(.functionLog(InvocationReport.initLine(duration: duration))) }
    }
    return effects + apply(actions, at: instant)
  }

  mutating func answered(
    _ environment: EnvironmentID, _ requestId: String, _ outcome: InvocationAnswer.Outcome,
    _ retirement: RetirementReason?, _ exchange: HTTPExchange, at instant: MonotonicInstant
  ) -> [HostEffect] {
    guard let current = records[environment]?.current, current.requestId == requestId,
      let service = service(of: environment, at: instant),
      pool.answered(environment, current.id, retiring: retirement?.kind, at: instant)
    else {
      return [.respond(exchange, RuntimeAnswer.invalidRequestID)]
    }
    records[environment]?.current = nil
    records[environment]?.assignment = nil
    let response = if case .responseTooLarge = outcome { RuntimeAnswer.tooLarge } else { RuntimeAnswer.accepted }
    let note = retirement.map { HostEffect.note("environment \(name(of: environment)) is replaced: \($0.words)") }
    // The caller first: it is the one whose time is measured.
    return [
      complete(current.id, InvocationAnswer(outcome: outcome, environment: view(environment), service: service)),
      .respond(exchange, response), note,
    ].compactMap { $0 }
  }

  mutating func reportedInitError(
    _ environment: EnvironmentID, type: String, body: [UInt8], _ exchange: HTTPExchange, at instant: MonotonicInstant
  ) -> [HostEffect] {
    guard case .accepted(let actions) = pool.reportedInitError(environment, at: instant) else {
      return [.respond(exchange, RuntimeAnswer.invalidTransition)]
    }
    records[environment]?.initError = type
    records[environment]?.initErrorBody = body
    let said = String(decoding: body.prefix(1_000), as: UTF8.self)
    return [.respond(exchange, RuntimeAnswer.accepted)]
      + apply(actions, at: instant, detail: "it reported \(type): \(said)")
  }

  // MARK: - Processes and time

  mutating func processStarts(_ environment: EnvironmentID, at instant: MonotonicInstant) {
    records[environment]?.startedAt = instant
  }

  mutating func processStarted(_ environment: EnvironmentID, processID: Int32) {
    records[environment]?.processID = processID
  }

  mutating func processEnded(
    _ environment: EnvironmentID, detail: String, at instant: MonotonicInstant
  ) -> [HostEffect] {
    var effects: [HostEffect] = []
    if let line = initReport(of: environment, at: instant) { effects.append(.functionLog(line)) }
    effects += apply(pool.exited(environment, at: instant), at: instant, detail: detail)
    if let record = records.removeValue(forKey: environment) {
      environments[record.token] = nil
      // The connection is long gone, and its place in the server is freed by any answer.
      if let parked = record.parked { effects.append(.respond(parked, RuntimeAnswer.unknownEnvironment)) }
    }
    return effects
  }

  mutating func tick(at instant: MonotonicInstant) -> [HostEffect] {
    apply(pool.tick(at: instant), at: instant)
  }

  // MARK: - What the pool decides

  private mutating func apply(
    _ actions: [PoolAction], at instant: MonotonicInstant, detail: String? = nil
  ) -> [HostEffect] {
    actions.flatMap { apply($0, at: instant, detail: detail) }
  }

  private mutating func apply(
    _ action: PoolAction, at instant: MonotonicInstant, detail: String?
  ) -> [HostEffect] {
    switch action {
    case .start(let environment, let type): return [start(environment, type)]
    case .begin(let assignment): return begin(assignment)
    case .hand(let assignment): return hand(assignment)
    case .fail(let invocation, let failure, let environment):
      let service = environment.flatMap { self.service(of: $0, at: instant) }
      var answer = InvocationAnswer(
        outcome: .failed(failure, detail: detail), environment: environment.flatMap { view($0) }, service: service)
      answer.initError = environment.flatMap { initError(of: $0) }
      return [complete(invocation, answer)].compactMap { $0 }
    case .terminate(let environment): return [.command(.terminate(environment))]
    case .kill(let environment):
      if records[environment]?.initDuration == nil { records[environment]?.initTimedOut = true }
      return [.command(.kill(environment))]
    }
  }

  private mutating func start(_ environment: EnvironmentID, _ type: InitializationType) -> HostEffect {
    let token = hexadecimal(.random(in: .min ... .max)) + hexadecimal(.random(in: .min ... .max))
    let record = EnvironmentRecord(name: "\(namePrefix)-\(environment.number)", token: token, type: type)
    records[environment] = record
    environments[token] = environment
    let start = EnvironmentStart(
      environment: environment, api: "\(address)/environments/\(token)", name: record.name, type: type)
    return .command(.start(start))
  }

  /// The log tells of an invocation from its beginning, which is where its duration counts from.
  private mutating func begin(_ assignment: Assignment) -> [HostEffect] {
    guard let invocation = invocations[assignment.invocation] else { return [] }
    records[assignment.environment]?.current = invocation
    records[assignment.environment]?.assignment = assignment
    records[assignment.environment]?.repeatedIn = invocation.requestId
    return [.functionLog(InvocationReport.startLine(invocation.requestId))]
  }

  private mutating func hand(_ assignment: Assignment) -> [HostEffect] {
    let environment = assignment.environment
    guard let invocation = invocations[assignment.invocation], let exchange = records[environment]?.parked.take()
    else { preconditionFailure("environment \(environment.number) was given work that it did not ask for") }
    let hasBegun = records[environment]?.current != nil
    records[environment]?.current = invocation
    records[environment]?.assignment = assignment
    records[environment]?.invocations += 1
    let left = pool.configuration.invocationTimeout - (assignment.readyAt - assignment.beganAt)
    let response = RuntimeAnswer.invocation(
      invocation, deadline: WallClock.milliseconds + left / 1_000_000, function: functionName,
      tenant: pool.configuration.isolatesTenants ? invocation.work.tenant : nil)
    let start = HostEffect.functionLog(InvocationReport.startLine(invocation.requestId))
    return (hasBegun ? [] : [start]) + [.respond(exchange, response)]
  }

  private mutating func complete(_ invocation: InvocationID, _ answer: InvocationAnswer) -> HostEffect? {
    invocations.removeValue(forKey: invocation).map { .complete($0, answer) }
  }

  // MARK: - Readings

  private func service(of environment: EnvironmentID, at instant: MonotonicInstant) -> InvocationAnswer.Service? {
    guard let record = records[environment], let assignment = record.assignment else { return nil }
    return InvocationAnswer.Service(
      assignment: assignment, duration: instant - assignment.beganAt,
      // What was repeated within the invocation is part of its duration.
      initDuration: record.invocations == 1 && record.repeatedIn == nil ? record.initDuration : nil,
      isInitBilled: record.type == .onDemand)
  }

  private func name(of environment: EnvironmentID) -> String { records[environment]?.name ?? "\(environment.number)" }

  private func view(_ environment: EnvironmentID) -> EnvironmentView? {
    records[environment].map { EnvironmentView(id: environment, name: $0.name, processID: $0.processID) }
  }

  private func initError(of environment: EnvironmentID) -> InvocationAnswer.ReportedError? {
    guard let record = records[environment], let type = record.initError else { return nil }
    return InvocationAnswer.ReportedError(type: type, body: record.initErrorBody)
  }

  private func initReport(of environment: EnvironmentID, at instant: MonotonicInstant) -> String? {
    guard let record = records[environment], record.initDuration == nil, !pool.isShuttingDown else { return nil }
    let status: InvocationReport.Status =
      if let type = record.initError {
        .error(type: type)
      } else {
        record.initTimedOut ? .timeout : .error(type: "Runtime.ExitError")
      }
    return InvocationReport.initLine(
      duration: instant - (record.startedAt ?? instant), isWithinInvocation: record.repeatedIn != nil, status: status)
  }
}
