package import HostSystem

/// Which environment runs what: events go in with their instants, and what is to be done comes out.
///
/// It follows Lambda: an invocation takes the environment that was used last, waits for one of its own to start where
/// none is idle, and waits its turn where the limit is reached. It has no clock, thread or process; its owner calls
/// `tick` at `nextDeadline`, and performs every action that it is handed, in order.
package struct EnvironmentPool: Sendable {
  package struct Member: Sendable, Hashable {
    package var phase: EnvironmentPhase
    /// Invocations given to it so far.
    package var invocations = 0
  }

  package let configuration: PoolConfiguration
  /// Every environment whose process may be alive.
  package private(set) var members: [EnvironmentID: Member] = [:]
  /// Invocations without an environment, the longest wait first.
  package private(set) var waiting: [InvocationID] = []
  package private(set) var counters = PoolCounters()
  package private(set) var isShuttingDown = false
  private var nextNumber = 1

  package init(_ configuration: PoolConfiguration) {
    self.configuration = configuration
  }

  // MARK: - Events

  /// The pool opens: environments are started ahead of need.
  package mutating func opened(at instant: MonotonicInstant) -> [PoolAction] {
    var actions: [PoolAction] = []
    while members.count < min(configuration.prewarm, configuration.limit) {
      counters.startedAhead += 1
      actions.append(.start(start(bound: nil, at: instant)))
    }
    return actions
  }

  /// An invocation asks for an environment.
  package mutating func acquire(_ invocation: InvocationID, at instant: MonotonicInstant) -> [PoolAction] {
    guard !isShuttingDown else { return [.fail(invocation, .shuttingDown, nil)] }
    waiting.append(invocation)
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
      return .accepted([
        hand(bound.invocation, to: environment, handedAt: bound.handedAt, readyAt: instant, coldStart: true)
      ])
    case .starting(_, nil), .idle: break
    case .settling:
      if let maximum = configuration.maximumInvocations, member.invocations >= maximum {
        counters.recycled += 1
        return .accepted([terminate(environment, at: instant)])
      }
    }
    members[environment]?.phase = .idle(since: instant)
    return .accepted(balance(at: instant))
  }

  /// An environment answers an invocation; false where that is not what it works on, and nothing changes.
  package mutating func answered(
    _ environment: EnvironmentID, _ invocation: InvocationID, at instant: MonotonicInstant
  ) -> Bool {
    guard case .busy(let assignment) = members[environment]?.phase, assignment.invocation == invocation else {
      return false
    }
    counters.answered += 1
    members[environment]?.phase = .settling(since: instant)
    return true
  }

  /// An environment reports that it cannot start; false where it has started already, and nothing changes.
  package mutating func reportedInitError(_ environment: EnvironmentID, at instant: MonotonicInstant) -> PoolReply {
    guard case .starting(_, let bound) = members[environment]?.phase else { return .refused }
    counters.failedStarts += 1
    let failure = bound.map { PoolAction.fail($0.invocation, .initFailed, environment) }
    return .accepted((failure.map { [$0] } ?? []) + [terminate(environment, at: instant)])
  }

  /// An environment's process has ended, or could not be started at all.
  package mutating func exited(_ environment: EnvironmentID, at instant: MonotonicInstant) -> [PoolAction] {
    guard let member = members.removeValue(forKey: environment) else { return [] }
    var actions: [PoolAction] = []
    switch member.phase {
    case .starting(_, let bound):
      counters.failedStarts += 1
      if let bound { actions.append(.fail(bound.invocation, .initFailed, environment)) }
    case .busy(let assignment):
      counters.crashed += 1
      actions.append(.fail(assignment.invocation, .exited, environment))
    case .idle, .settling, .stopping: break
    }
    return actions + balance(at: instant)
  }

  /// Time has passed: whatever is overdue is ended.
  package mutating func tick(at instant: MonotonicInstant) -> [PoolAction] {
    var actions: [PoolAction] = []
    for environment in members.keys.sorted() { actions += overdue(environment, at: instant) }
    actions += reap(at: instant)
    return actions + balance(at: instant)
  }

  /// No more work: what waits and what runs fails, and every environment is on its way out.
  package mutating func shutDown(at instant: MonotonicInstant) -> [PoolAction] {
    isShuttingDown = true
    var actions = waiting.map { PoolAction.fail($0, .shuttingDown, nil) }
    waiting = []
    for (environment, member) in members.sorted(by: { $0.key < $1.key }) {
      switch member.phase {
      case .starting(_, let bound):
        if let bound { actions.append(.fail(bound.invocation, .shuttingDown, environment)) }
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

  // MARK: - Time

  /// When `tick` has something to do next, after an instant for which it was called; nil when only an event can change
  /// anything.
  package func nextDeadline(after instant: MonotonicInstant) -> MonotonicInstant? {
    var deadlines: [MonotonicInstant] = []
    for member in members.values {
      switch member.phase {
      case .starting(let since, _): deadlines.append(since + configuration.initTimeout)
      case .busy(let assignment): deadlines.append(assignment.readyAt + configuration.invocationTimeout)
      case .settling(let since):
        deadlines.append(since + configuration.settleTimeout)
        let grace = since + configuration.settleGrace
        if !waiting.isEmpty && grace > instant { deadlines.append(grace) }
      case .stopping(let killAt): if let killAt { deadlines.append(killAt) }
      case .idle: break
      }
    }
    if let first = reapable.first { deadlines.append(first.since + configuration.idleTimeout) }
    return deadlines.min()
  }

  private mutating func overdue(_ environment: EnvironmentID, at instant: MonotonicInstant) -> [PoolAction] {
    switch members[environment]?.phase {
    case .starting(let since, let bound) where since + configuration.initTimeout <= instant:
      counters.failedStarts += 1
      let failure = bound.map { PoolAction.fail($0.invocation, .initTimedOut, environment) }
      return (failure.map { [$0] } ?? []) + [kill(environment)]
    case .busy(let assignment) where assignment.readyAt + configuration.invocationTimeout <= instant:
      counters.timedOut += 1
      return [.fail(assignment.invocation, .timedOut, environment), kill(environment)]
    case .settling(let since) where since + configuration.settleTimeout <= instant:
      counters.stuck += 1
      return [kill(environment)]
    case .stopping(.some(let killAt)) where killAt <= instant:
      return [kill(environment)]
    default: return []
    }
  }

  /// Idle environments that may be stopped when their time comes, the longest unused first.
  private var reapable: [(environment: EnvironmentID, since: MonotonicInstant)] {
    var idle: [(environment: EnvironmentID, since: MonotonicInstant)] = []
    var kept = 0
    for (environment, member) in members {
      if case .stopping = member.phase { continue }
      kept += 1
      if case .idle(let since) = member.phase { idle.append((environment, since)) }
    }
    idle.sort { ($0.since, $0.environment) < ($1.since, $1.environment) }
    return Array(idle.prefix(max(0, kept - configuration.minimumKept)))
  }

  private mutating func reap(at instant: MonotonicInstant) -> [PoolAction] {
    reapable.filter { $0.since + configuration.idleTimeout <= instant }.map { idle in
      counters.reaped += 1
      return terminate(idle.environment, at: instant)
    }
  }

  // MARK: - Matching invocations and environments

  /// Serves the waiting invocations as far as the environments allow, the longest wait first.
  private mutating func balance(at instant: MonotonicInstant) -> [PoolAction] {
    var actions: [PoolAction] = []
    while let invocation = waiting.first, let environment = lastUsedIdle {
      waiting.removeFirst()
      actions.append(hand(invocation, to: environment, handedAt: instant, readyAt: instant, coldStart: false))
    }
    // Those at the front wait for the environments that are just about to ask for more.
    let relying = settlingSoon(at: instant)
    while waiting.count > relying {
      if let environment = unboundStarting {
        bind(waiting.remove(at: relying), to: environment, at: instant)
      } else if members.count < configuration.limit {
        let bound = BoundInvocation(invocation: waiting.remove(at: relying), handedAt: instant)
        actions.append(.start(start(bound: bound, at: instant)))
      } else {
        break
      }
    }
    return actions
  }

  private var lastUsedIdle: EnvironmentID? {
    var best: (since: MonotonicInstant, environment: EnvironmentID)?
    for (environment, member) in members {
      guard case .idle(let since) = member.phase else { continue }
      if let best, (since, environment) < best { continue }
      best = (since, environment)
    }
    return best?.environment
  }

  private var unboundStarting: EnvironmentID? {
    members.filter { if case .starting(_, nil) = $0.value.phase { true } else { false } }.keys.min()
  }

  private func settlingSoon(at instant: MonotonicInstant) -> Int {
    members.values.count {
      if case .settling(let since) = $0.phase { since + configuration.settleGrace > instant } else { false }
    }
  }

  // MARK: - Changes of phase

  private mutating func start(bound: BoundInvocation?, at instant: MonotonicInstant) -> EnvironmentID {
    let environment = EnvironmentID(nextNumber)
    nextNumber += 1
    counters.started += 1
    members[environment] = Member(phase: .starting(since: instant, bound: bound))
    return environment
  }

  private mutating func bind(_ invocation: InvocationID, to environment: EnvironmentID, at instant: MonotonicInstant) {
    guard case .starting(let since, nil) = members[environment]?.phase else { return }
    let bound = BoundInvocation(invocation: invocation, handedAt: instant)
    members[environment]?.phase = .starting(since: since, bound: bound)
  }

  private mutating func hand(
    _ invocation: InvocationID, to environment: EnvironmentID, handedAt: MonotonicInstant, readyAt: MonotonicInstant,
    coldStart: Bool
  ) -> PoolAction {
    let assignment = Assignment(
      invocation: invocation, environment: environment, handedAt: handedAt, readyAt: readyAt, coldStart: coldStart)
    counters.handed += 1
    counters.coldStarts += coldStart ? 1 : 0
    members[environment]?.phase = .busy(assignment)
    members[environment]?.invocations += 1
    return .hand(assignment)
  }

  private mutating func terminate(_ environment: EnvironmentID, at instant: MonotonicInstant) -> PoolAction {
    members[environment]?.phase = .stopping(killAt: instant + configuration.stopGrace)
    return .terminate(environment)
  }

  private mutating func kill(_ environment: EnvironmentID) -> PoolAction {
    members[environment]?.phase = .stopping(killAt: nil)
    return .kill(environment)
  }
}
