package import HostSystem
package import JobBackends

/// Which environment runs what: events go in with their instants, and what is to be done comes out.
///
/// It follows Lambda: an invocation takes the environment that was used last, waits for one of its own to start where
/// none is idle, and waits its turn (or is throttled) where the limit is reached; an environment that does not start is
/// tried once more within the invocation. It has no clock, thread or process; its owner calls `tick` at `nextDeadline`,
/// and performs every action that it is handed, in order.
package struct EnvironmentPool: Sendable {
  package let configuration: PoolConfiguration
  /// Every environment whose process may be alive.
  package internal(set) var members: [EnvironmentID: EnvironmentMember] = [:]
  /// Invocations without an environment, the longest wait first.
  package internal(set) var waiting: [PoolRequest] = []
  /// Invocations whose first environment did not start, until there is room for the second.
  package internal(set) var repeating: [BoundInvocation] = []
  package internal(set) var counters = PoolCounters()
  package private(set) var isShuttingDown = false
  /// Provisioned environments that did not start, one after the other, and when the next may be tried.
  var failedProvisions = 0
  var provisionAt: MonotonicInstant?
  private var nextNumber = 1

  package init(_ configuration: PoolConfiguration) {
    self.configuration = configuration
  }

  // MARK: - Events

  /// The pool opens: environments are started ahead of need.
  package mutating func opened(at instant: MonotonicInstant) -> [PoolAction] {
    var actions = balance(at: instant)
    var ahead = 0
    while ahead < configuration.prewarm, members.count < configuration.limit {
      ahead += 1
      counters.startedAhead += 1
      actions.append(start(.onDemand, bound: nil, at: instant))
    }
    return actions
  }

  /// An invocation asks for an environment.
  package mutating func acquire(_ request: PoolRequest, at instant: MonotonicInstant) -> [PoolAction] {
    guard !isShuttingDown else { return [.fail(request.invocation, .shuttingDown, nil)] }
    waiting.append(request)
    return balance(at: instant)
  }

  /// An environment asks for work: for the first time when it is ready, then after each answer.
  ///
  /// An idle one that asks again, as after a broken connection, stays idle; one that owes an answer is refused; one that
  /// is on its way out gets nothing.
  package mutating func asked(_ environment: EnvironmentID, at instant: MonotonicInstant) -> PoolReply {
    guard let member = members[environment] else { return .refused }
    switch member.phase {
    case .busy: return .refused
    case .stopping: return .accepted([])
    case .starting(_, .some(let bound)):
      return .accepted([hand(bound, to: environment, readyAt: instant, coldStart: true)])
    case .starting(_, nil):
      if member.type == .provisioned { failedProvisions = 0 }
    case .idle: break
    case .settling:
      if let reason = retirement(of: member) {
        count(reason)
        return .accepted([terminate(environment, at: instant)] + balance(at: instant))
      }
    }
    members[environment]?.phase = .idle(since: instant)
    return .accepted(balance(at: instant))
  }

  /// An environment answers an invocation; false where that is not what it works on, and nothing changes.
  ///
  /// With a reason to retire it gets no more work, and ends when it asks for some.
  package mutating func answered(
    _ environment: EnvironmentID, _ invocation: InvocationID, retiring reason: Retirement? = nil,
    at instant: MonotonicInstant
  ) -> Bool {
    guard case .busy(let assignment) = members[environment]?.phase, assignment.invocation == invocation else {
      return false
    }
    counters.answered += 1
    members[environment]?.phase = .settling(since: instant)
    members[environment]?.retirement = reason
    return true
  }

  /// An environment reports that it cannot start; false where it has started already, and nothing changes.
  package mutating func reportedInitError(_ environment: EnvironmentID, at instant: MonotonicInstant) -> PoolReply {
    guard case .starting(_, let bound) = members[environment]?.phase else { return .refused }
    let actions = notStarted(environment, bound, .initFailed, at: instant) + [terminate(environment, at: instant)]
    return .accepted(actions + balance(at: instant))
  }

  /// An environment's process has ended, or could not be started at all.
  package mutating func exited(_ environment: EnvironmentID, at instant: MonotonicInstant) -> [PoolAction] {
    guard let member = members[environment] else { return [] }
    var actions: [PoolAction] = []
    switch member.phase {
    case .starting(_, let bound): actions = notStarted(environment, bound, .initFailed, at: instant)
    case .busy(let assignment):
      counters.crashed += 1
      actions.append(.fail(assignment.invocation, .exited, environment))
    case .settling:
      // It went by itself before it could be asked to; what counts is why.
      if let reason = member.retirement { count(reason) }
    case .idle, .stopping: break
    }
    members[environment] = nil
    return actions + balance(at: instant)
  }

  /// A lease is over: its environment is free for everybody's work.
  package mutating func ended(_ lease: EnvironmentLease, at instant: MonotonicInstant) -> [PoolAction] {
    guard let environment = holder(of: lease) else { return [] }
    members[environment]?.lease = nil
    // It counts as unused only from now on.
    if case .idle = members[environment]?.phase { members[environment]?.phase = .idle(since: instant) }
    return balance(at: instant)
  }

  /// No more work: what waits and what runs fails, and every environment is on its way out.
  package mutating func shutDown(at instant: MonotonicInstant) -> [PoolAction] {
    isShuttingDown = true
    let homeless = repeating.map(\.request) + waiting
    var actions = homeless.map { PoolAction.fail($0.invocation, .shuttingDown, nil) }
    waiting = []
    repeating = []
    for (environment, member) in members.sorted(by: { $0.key < $1.key }) {
      switch member.phase {
      case .starting(_, let bound):
        if let bound { actions.append(.fail(bound.request.invocation, .shuttingDown, environment)) }
        actions.append(terminate(environment, at: instant))
      case .busy(let assignment):
        actions.append(.fail(assignment.invocation, .shuttingDown, environment))
        actions.append(kill(environment))
      case .idle, .settling: actions.append(terminate(environment, at: instant))
      case .stopping: break
      }
    }
    return actions
  }

  // MARK: - Environments that do not start, and those that have served

  /// What follows where an environment did not start: its invocation gets another, once, within its own time.
  mutating func notStarted(
    _ environment: EnvironmentID, _ bound: BoundInvocation?, _ failure: PoolFailure, at instant: MonotonicInstant
  ) -> [PoolAction] {
    counters.failedStarts += 1
    if members[environment]?.type == .provisioned { provisionFailed(at: instant) }
    guard let bound else { return [] }
    guard bound.repeatedSince == nil else { return [.fail(bound.request.invocation, failure, environment)] }
    repeating.append(BoundInvocation(request: bound.request, handedAt: bound.handedAt, repeatedSince: instant))
    return []
  }

  private mutating func provisionFailed(at instant: MonotonicInstant) {
    let pause = configuration.provisionPause << Int64(min(failedProvisions, 6))
    provisionAt = instant + pause
    failedProvisions += 1
  }

  func retirement(of member: EnvironmentMember) -> Retirement? {
    if let reason = member.retirement { return reason }
    guard let maximum = configuration.maximumInvocations, member.invocations >= maximum else { return nil }
    return .share
  }

  private mutating func count(_ reason: Retirement) {
    switch reason {
    case .problem: counters.recycledForProblem += 1
    case .limit: counters.recycledAfterLimit += 1
    case .share: counters.recycled += 1
    }
  }

  // MARK: - Changes of phase

  mutating func start(
    _ type: InitializationType, bound: BoundInvocation?, at instant: MonotonicInstant
  ) -> PoolAction {
    let environment = EnvironmentID(nextNumber)
    nextNumber += 1
    counters.started += 1
    members[environment] = EnvironmentMember(
      phase: .starting(since: instant, bound: bound), type: type, owner: bound.map { self.owner(of: $0.request) })
    return .start(environment, type)
  }

  mutating func bind(_ bound: BoundInvocation, to environment: EnvironmentID) {
    guard case .starting(let since, nil) = members[environment]?.phase else { return }
    let owner = owner(of: bound.request)
    members[environment]?.phase = .starting(since: since, bound: bound)
    members[environment]?.owner = owner
  }

  mutating func hand(
    _ bound: BoundInvocation, to environment: EnvironmentID, readyAt: MonotonicInstant, coldStart: Bool
  ) -> PoolAction {
    let assignment = Assignment(
      invocation: bound.request.invocation, environment: environment, handedAt: bound.handedAt, readyAt: readyAt,
      beganAt: bound.repeatedSince, coldStart: coldStart)
    counters.handed += 1
    counters.coldStarts += coldStart ? 1 : 0
    if members[environment]?.type == .provisioned {
      counters.handedProvisioned += 1
    } else if configuration.provisioned > 0 {
      counters.spilledOver += 1
    }
    let owner = owner(of: bound.request)
    members[environment]?.phase = .busy(assignment)
    members[environment]?.invocations += 1
    members[environment]?.owner = owner
    members[environment]?.lease = bound.request.lease
    return .hand(assignment)
  }

  mutating func terminate(_ environment: EnvironmentID, at instant: MonotonicInstant) -> PoolAction {
    members[environment]?.phase = .stopping(killAt: instant + configuration.stopGrace)
    return .terminate(environment)
  }

  mutating func kill(_ environment: EnvironmentID) -> PoolAction {
    members[environment]?.phase = .stopping(killAt: nil)
    return .kill(environment)
  }
}
