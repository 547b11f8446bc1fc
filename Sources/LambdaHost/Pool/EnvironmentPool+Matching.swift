import HostSystem
import JobBackends

/// Invocations and environments brought together, the longest wait first.
extension EnvironmentPool {
  /// Does all that can be done now for what waits, and keeps the provisioned environments in number.
  mutating func balance(at instant: MonotonicInstant) -> [PoolAction] {
    guard !isShuttingDown else { return [] }
    return startRepeated(at: instant) + startProvisioned(at: instant) + serveWaiting(at: instant)
  }

  /// Whom a request belongs to, as far as this pool tells tenants apart.
  func owner(of request: PoolRequest) -> TenantClass {
    TenantClass(configuration.isolatesTenants ? request.tenant : nil)
  }

  /// The environment that is kept for a lease.
  func holder(of lease: EnvironmentLease) -> EnvironmentID? {
    members.first { $0.value.lease == lease && !$0.value.isStopping }?.key
  }

  /// Provisioned environments that are missing at present.
  var missingProvisions: Int {
    max(0, configuration.provisioned - members.values.count { $0.type == .provisioned && !$0.isStopping })
  }

  private mutating func startRepeated(at instant: MonotonicInstant) -> [PoolAction] {
    var actions: [PoolAction] = []
    while let bound = repeating.first, let since = bound.repeatedSince, members.count < configuration.limit {
      repeating.removeFirst()
      counters.repeatedStarts += 1
      let start = start(.onDemand, bound: bound, at: instant)
      guard case .start(let environment, _) = start else { continue }
      let assignment = Assignment(
        invocation: bound.request.invocation, environment: environment, handedAt: bound.handedAt, readyAt: since,
        coldStart: true)
      actions += [start, .begin(assignment)]
    }
    return actions
  }

  private mutating func startProvisioned(at instant: MonotonicInstant) -> [PoolAction] {
    if let provisionAt, instant < provisionAt { return [] }
    var actions: [PoolAction] = []
    for _ in 0..<missingProvisions where members.count < configuration.limit {
      counters.startedAhead += 1
      counters.startedProvisioned += 1
      actions.append(start(.provisioned, bound: nil, at: instant))
    }
    return actions
  }

  // MARK: - What waits

  /// What is expected soon, and shrinks as requests are told to wait for it.
  private struct Supply {
    /// Environments about to ask for more, by whom they may serve.
    var settling: [TenantClass: Int] = [:]
    /// Environments that end soon, whose room is not promised yet.
    var coming = 0
    /// Invocations that may begin before the maximum is reached.
    var concurrency = Int.max
  }

  private enum Placement {
    /// It has an environment, or is bound to one.
    case served(PoolAction?)
    /// Something is on its way for it.
    case promised(PoolAction?)
    /// Nothing can be done for it, nor for those like it that wait behind it.
    case hopeless
  }

  private mutating func serveWaiting(at instant: MonotonicInstant) -> [PoolAction] {
    guard !waiting.isEmpty else { return [] }
    var supply = supply(at: instant)
    var actions: [PoolAction] = []
    var rest: [PoolRequest] = []
    var hopeless: Set<TenantClass> = []
    for request in waiting {
      let isHopeless = request.lease == nil && hopeless.contains(owner(of: request))
      switch isHopeless ? .hopeless : place(request, &supply, at: instant) {
      case .served(let action): actions += [action].compactMap { $0 }
      case .promised(let action):
        actions += [action].compactMap { $0 }
        rest.append(request)
      case .hopeless where request.whenFull == .fails:
        counters.throttled += 1
        actions.append(.fail(request.invocation, .throttled, nil))
      case .hopeless:
        hopeless.insert(owner(of: request))
        rest.append(request)
      }
    }
    waiting = rest
    return actions
  }

  private func supply(at instant: MonotonicInstant) -> Supply {
    var supply = Supply()
    // What was promised before anything that waits: second tries, and provisioned environments that are missing.
    supply.coming = -repeating.count - missingProvisions
    var occupied = repeating.count
    for member in members.values {
      occupied += member.isOccupied ? 1 : 0
      if member.isStopping { supply.coming += 1 }
      if member.type == .provisioned, case .starting = member.phase { supply.coming += 1 }
      if let owner = member.owner, member.lease == nil, settlesSoon(member, at: instant) {
        supply.settling[owner, default: 0] += 1
      }
    }
    if let maximum = configuration.maximumConcurrency { supply.concurrency = maximum - occupied }
    return supply
  }

  private func settlesSoon(_ member: EnvironmentMember, at instant: MonotonicInstant) -> Bool {
    guard case .settling(let since) = member.phase, retirement(of: member) == nil else { return false }
    return since + configuration.settleGrace > instant
  }

  private mutating func place(
    _ request: PoolRequest, _ supply: inout Supply, at instant: MonotonicInstant
  ) -> Placement {
    guard supply.concurrency > 0 else { return .hopeless }
    let bound = BoundInvocation(request: request, handedAt: instant)
    if let placement = placeOnLease(bound, &supply, at: instant) { return placement }
    if let environment = bestIdle(for: owner(of: request)) {
      supply.concurrency -= 1
      return .served(hand(bound, to: environment, readyAt: instant, coldStart: false))
    }
    if let settling = supply.settling[owner(of: request)], settling > 0 {
      supply.settling[owner(of: request)] = settling - 1
      return .promised(nil)
    }
    if let environment = unboundStarting {
      supply.concurrency -= 1
      bind(bound, to: environment)
      return .served(nil)
    }
    return makeRoom(for: bound, &supply, at: instant)
  }

  private mutating func placeOnLease(
    _ bound: BoundInvocation, _ supply: inout Supply, at instant: MonotonicInstant
  ) -> Placement? {
    guard let lease = bound.request.lease, let environment = holder(of: lease), let member = members[environment]
    else { return nil }
    if case .idle = member.phase {
      supply.concurrency -= 1
      return .served(hand(bound, to: environment, readyAt: instant, coldStart: false))
    }
    if case .busy = member.phase { return .promised(nil) }
    if settlesSoon(member, at: instant) { return .promised(nil) }
    // It is too slow, or on its way out: the lease goes on with another.
    members[environment]?.lease = nil
    return nil
  }

  private mutating func makeRoom(
    for bound: BoundInvocation, _ supply: inout Supply, at instant: MonotonicInstant
  ) -> Placement {
    if members.count < configuration.limit {
      supply.concurrency -= 1
      return .served(start(.onDemand, bound: bound, at: instant))
    }
    if supply.coming > 0 {
      supply.coming -= 1
      return .promised(nil)
    }
    guard let environment = longestIdle(notFor: owner(of: bound.request)) else { return .hopeless }
    counters.evicted += 1
    return .promised(terminate(environment, at: instant))
  }

  /// One that has served the tenant before one that has served nobody, a provisioned one first among equals, and then
  /// the one used last.
  private func bestIdle(for owner: TenantClass) -> EnvironmentID? {
    var best: (rank: (Int, Int, MonotonicInstant, EnvironmentID), environment: EnvironmentID)?
    for (environment, member) in members {
      guard let since = member.freeSince, member.owner == nil || member.owner == owner else { continue }
      // Where tenants are not told apart, an environment that is new is as good as any other.
      let isOwn = configuration.isolatesTenants && member.owner == owner
      let rank = (isOwn ? 1 : 0, member.type == .provisioned ? 1 : 0, since, environment)
      if let best, rank < best.rank { continue }
      best = (rank, environment)
    }
    return best?.environment
  }

  private func longestIdle(notFor owner: TenantClass) -> EnvironmentID? {
    let idle = members.compactMap { environment, member in
      member.owner == owner ? nil : member.freeSince.map { (since: $0, environment: environment) }
    }
    return idle.min { ($0.since, $0.environment) < ($1.since, $1.environment) }?.environment
  }

  /// One started ahead of need; provisioned ones are taken only once they are ready, as on Lambda.
  private var unboundStarting: EnvironmentID? {
    members.filter { _, member in
      if case .starting(_, nil) = member.phase { member.type == .onDemand } else { false }
    }.keys.min()
  }
}
