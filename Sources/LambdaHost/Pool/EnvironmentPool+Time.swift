package import HostSystem

/// What time alone brings about.
extension EnvironmentPool {
  /// Time has passed: whatever is overdue is ended.
  package mutating func tick(at instant: MonotonicInstant) -> [PoolAction] {
    var actions: [PoolAction] = []
    for environment in members.keys.sorted() { actions += overdue(environment, at: instant) }
    actions += overdueRepeats(at: instant)
    actions += reap(at: instant)
    return actions + balance(at: instant)
  }

  /// When `tick` has something to do next, after an instant for which it was called; nil when only an event can change
  /// anything.
  package func nextDeadline(after instant: MonotonicInstant) -> MonotonicInstant? {
    var deadlines = members.values.compactMap { deadline(of: $0) }
    for case .settling(let since) in members.values.map(\.phase) where !waiting.isEmpty {
      let grace = since + configuration.settleGrace
      if grace > instant { deadlines.append(grace) }
    }
    deadlines += repeating.compactMap { $0.repeatedSince.map { $0 + configuration.invocationTimeout } }
    if let first = reapable.first { deadlines.append(first.since + configuration.idleTimeout) }
    if let provisionAt, provisionAt > instant, missingProvisions > 0 { deadlines.append(provisionAt) }
    return deadlines.min()
  }

  private func deadline(of member: EnvironmentMember) -> MonotonicInstant? {
    switch member.phase {
    case .starting(let since, let bound):
      bound?.repeatedSince.map { $0 + configuration.invocationTimeout } ?? since + configuration.initTimeout
    case .busy(let assignment): assignment.beganAt + configuration.invocationTimeout
    case .settling(let since): since + configuration.settleTimeout
    case .stopping(let killAt): killAt
    case .idle: nil
    }
  }

  private mutating func overdue(_ environment: EnvironmentID, at instant: MonotonicInstant) -> [PoolAction] {
    guard let member = members[environment], let deadline = deadline(of: member), deadline <= instant else { return [] }
    switch member.phase {
    case .starting(_, let bound):
      return notStarted(environment, bound, .initTimedOut, at: instant) + [kill(environment)]
    case .busy(let assignment):
      counters.timedOut += 1
      return [.fail(assignment.invocation, .timedOut, environment), kill(environment)]
    case .settling:
      counters.stuck += 1
      return [kill(environment)]
    case .stopping: return [kill(environment)]
    case .idle: return []
    }
  }

  /// Second tries for which no room was found in all their time.
  private mutating func overdueRepeats(at instant: MonotonicInstant) -> [PoolAction] {
    let isOverdue = { (bound: BoundInvocation, timeout: Int64) in
      bound.repeatedSince.map { $0 + timeout <= instant } ?? false
    }
    let timeout = configuration.invocationTimeout
    let overdue = repeating.filter { isOverdue($0, timeout) }
    repeating.removeAll { isOverdue($0, timeout) }
    return overdue.map { .fail($0.request.invocation, .initTimedOut, nil) }
  }

  /// Idle environments that may be stopped when their time comes, the longest unused first.
  private var reapable: [(environment: EnvironmentID, since: MonotonicInstant)] {
    guard !isShuttingDown else { return [] }
    let kept = members.filter { $0.value.type == .onDemand && !$0.value.isStopping }
    var idle = kept.compactMap { environment, member in
      member.freeSince.map { (environment: environment, since: $0) }
    }
    idle.sort { ($0.since, $0.environment) < ($1.since, $1.environment) }
    return Array(idle.prefix(max(0, kept.count - configuration.minimumKept)))
  }

  private mutating func reap(at instant: MonotonicInstant) -> [PoolAction] {
    reapable.filter { $0.since + configuration.idleTimeout <= instant }.map { idle in
      counters.reaped += 1
      return terminate(idle.environment, at: instant)
    }
  }
}
