import HostSystem
import JobBackends
import Jobs
import LambdaHost
import TestServices
import Testing

@Suite("A pool under random events")
struct PoolRandomWalkTests {
  @Test(
    "keeps its limits, its tenants and leases apart, answers every invocation once and loses no environment",
    arguments: 1...60)
  func walk(seed: Int) {
    var walk = PoolWalk(seed: UInt64(seed))
    for step in 0..<3_000 {
      walk.step()
      if let violation = walk.violation {
        Issue.record("seed \(seed), step \(step): \(violation)")
        return
      }
    }
    walk.finish()
    #expect(walk.violation == nil, "seed \(seed), at the end")
  }
}

/// A world around a pool: processes that start, ask, answer, crash and hang at random, and callers that come at random.
private struct PoolWalk {
  private var random: SplitMix
  private var pool: EnvironmentPool
  private let limit: Int
  private var now: Int64 = 1
  private var alive: Set<EnvironmentID> = []
  private var everStarted: Set<EnvironmentID> = []
  private var parked: Set<EnvironmentID> = []
  private var working: [EnvironmentID: InvocationID] = [:]
  private var open: [InvocationID: PoolRequest] = [:]
  private var served: [EnvironmentID: String?] = [:]
  private var held: [EnvironmentLease: EnvironmentID] = [:]
  private var retired: Set<EnvironmentID> = []
  private var provisioned: Set<EnvironmentID> = []
  private var leases: [EnvironmentLease] = []
  private var leaseOwner: [EnvironmentLease: String?] = [:]
  private let configuration: PoolConfiguration
  private var nextInvocation = 1
  private(set) var violation: String?

  init(seed: UInt64) {
    random = SplitMix(state: seed)
    limit = Int.random(in: 1...6, using: &random)
    var configuration = PoolConfiguration(limit: limit)
    configuration.prewarm = Int.random(in: 0...7, using: &random)
    configuration.minimumKept = Int.random(in: 0...3, using: &random)
    configuration.maximumInvocations = Bool.random(using: &random) ? Int.random(in: 1...9, using: &random) : nil
    configuration.idleTimeout = 400
    configuration.initTimeout = 150
    configuration.invocationTimeout = 120
    configuration.settleGrace = 10
    configuration.settleTimeout = 90
    configuration.stopGrace = 30
    configuration.provisionPause = 20
    configuration.provisioned = Bool.random(using: &random) ? Int.random(in: 0...limit, using: &random) : 0
    configuration.maximumConcurrency = Bool.random(using: &random) ? Int.random(in: 1...limit, using: &random) : nil
    configuration.isolatesTenants = Bool.random(using: &random)
    self.configuration = configuration
    pool = EnvironmentPool(configuration)
    perform(pool.opened(at: instant))
  }

  private var instant: MonotonicInstant { MonotonicInstant(nanoseconds: now) }

  mutating func step() {
    now += Int64.random(in: 0...12, using: &random)
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<30: acquire()
    case 30..<55: ask()
    case 55..<82: answer()
    case 82..<86: crash()
    case 86..<88: reportInitError()
    case 88..<90: misbehave()
    case 90..<93: endLease()
    default: break
    }
    if let deadline = pool.nextDeadline(after: instant), deadline <= instant { perform(pool.tick(at: instant)) }
    check()
  }

  /// No more callers: whatever is open must end by itself, at the latest through the time limits.
  mutating func finish() {
    var rounds = 0
    for lease in leases where held[lease] != nil { end(lease) }
    while !open.isEmpty, rounds < 10_000, violation == nil {
      rounds += 1
      // Those on their way out end at the latest when they are killed; nobody asks or answers any more.
      now = max(now, pool.nextDeadline(after: instant)?.nanoseconds ?? now)
      perform(pool.tick(at: instant))
      check()
    }
    if !open.isEmpty { violation = "invocations were never answered: \(open.keys)" }
    perform(pool.shutDown(at: instant))
    now += 31
    perform(pool.tick(at: instant))
    if !alive.isEmpty { violation = "environments outlived the shutdown: \(alive)" }
    if !pool.members.isEmpty { violation = "the pool remembers \(pool.members.count) environments that ended" }
  }

  /// Sorted first, because the order of a set differs from run to run and a seed must not.
  private mutating func anyone(of environments: Set<EnvironmentID>) -> EnvironmentID? {
    environments.sorted().randomElement(using: &random)
  }

  private mutating func acquire() {
    let invocation = InvocationID(nextInvocation)
    nextInvocation += 1
    let tenants: [String?] = [nil, "a", "b", "c"]
    var request = PoolRequest(invocation, tenant: tenants.randomElement(using: &random) ?? nil)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: request.whenFull = .fails
    case 1:
      request.lease = EnvironmentLease()
    case 2:
      // The next of a batch: only after the one before it, and for the same tenant.
      if let lease = freeLeases.randomElement(using: &random), let owner = leaseOwner[lease] {
        request.lease = lease
        request.tenant = owner
      }
    default: break
    }
    if let lease = request.lease, leaseOwner[lease] == nil {
      leases.append(lease)
      leaseOwner[lease] = .some(request.tenant)
    }
    open[invocation] = request
    perform(pool.acquire(request, at: instant))
  }

  /// Leases that are used and have no invocation at present, in the order of their first.
  private var freeLeases: [EnvironmentLease] {
    leases.filter { lease in held[lease] != nil && !open.values.contains { $0.lease == lease } }
  }

  private mutating func endLease() {
    if let lease = freeLeases.randomElement(using: &random) { end(lease) }
  }

  private mutating func end(_ lease: EnvironmentLease) {
    held[lease] = nil
    perform(pool.ended(lease, at: instant))
  }

  private mutating func ask() {
    guard let environment = anyone(of: alive.subtracting(parked).subtracting(working.keys)) else {
      return
    }
    parked.insert(environment)
    guard case .accepted(let actions) = pool.asked(environment, at: instant) else {
      violation = "environment \(environment.number) owes nothing and was refused"
      return
    }
    perform(actions)
  }

  private mutating func answer() {
    guard let environment = anyone(of: Set(working.keys)), let invocation = working[environment] else { return }
    working[environment] = nil
    // An answer that comes after the time limit is refused; its caller has been told already.
    let reason: Retirement? = Int.random(in: 0..<12, using: &random) == 0 ? .problem : nil
    guard pool.answered(environment, invocation, retiring: reason, at: instant) else { return }
    close(invocation)
    if reason != nil { retired.insert(environment) }
  }

  private mutating func crash() {
    if let environment = anyone(of: alive) { end(environment) }
  }

  private mutating func reportInitError() {
    guard let environment = anyone(of: alive) else { return }
    if case .accepted(let actions) = pool.reportedInitError(environment, at: instant) { perform(actions) }
  }

  private mutating func misbehave() {
    let environment = EnvironmentID(Int.random(in: 1...40, using: &random))
    if pool.answered(environment, InvocationID(nextInvocation + 5), at: instant) {
      violation = "an answer to an invocation that does not exist was taken"
    }
    if working[environment] != nil, pool.members[environment]?.phase.label == "busy",
      pool.asked(environment, at: instant) != .refused
    {
      violation = "a busy environment was given more"
    }
  }

  private mutating func end(_ environment: EnvironmentID) {
    alive.remove(environment)
    parked.remove(environment)
    working[environment] = nil
    provisioned.remove(environment)
    perform(pool.exited(environment, at: instant))
  }

  private mutating func close(_ invocation: InvocationID) {
    if open.removeValue(forKey: invocation) == nil { violation = "invocation \(invocation.number) was answered twice" }
  }

  private mutating func perform(_ actions: [PoolAction]) {
    for action in actions {
      switch action {
      case .start(let environment, let type):
        if type == .provisioned { provisioned.insert(environment) }
        if !everStarted.insert(environment).inserted { violation = "environment \(environment.number) started twice" }
        alive.insert(environment)
      case .hand(let assignment):
        if parked.remove(assignment.environment) == nil { violation = "work for an environment that did not ask" }
        guard let request = open[assignment.invocation] else {
          violation = "work that nobody waits for"
          continue
        }
        checkHand(assignment, request)
        if assignment.readyAt < assignment.handedAt { violation = "ready before it was handed over" }
        working[assignment.environment] = assignment.invocation
      case .begin(let assignment):
        if open[assignment.invocation] == nil { violation = "a second try that nobody waits for" }
      case .fail(let invocation, let failure, _):
        if failure == .throttled, open[invocation]?.whenFull != .fails { violation = "throttled what waits" }
        close(invocation)
      case .terminate(let environment):
        // Some end at once, some need the kill.
        if Bool.random(using: &random) { end(environment) }
      case .kill(let environment): end(environment)
      }
    }
  }

  private mutating func checkHand(_ assignment: Assignment, _ request: PoolRequest) {
    let environment = assignment.environment
    if configuration.isolatesTenants, let before = served[environment], before != request.tenant {
      violation = "environment \(environment.number) served two tenants"
    }
    served[environment] = .some(request.tenant)
    if retired.contains(environment) { violation = "work for an environment with a problem" }
    if let holder = held.first(where: { $0.value == environment && alive.contains(environment) }),
      holder.key != request.lease, pool.members[environment]?.lease == holder.key
    {
      violation = "work of others for an environment that is held"
    }
    if let lease = request.lease { held[lease] = environment }
  }

  private mutating func check() {
    if alive.count > limit { violation = "\(alive.count) environments alive at a limit of \(limit)" }
    if Set(pool.members.keys) != alive { violation = "the pool and the processes differ" }
    if let deadline = pool.nextDeadline(after: instant), deadline < instant { violation = "a deadline was missed" }
    let busy = pool.members.values.count { $0.phase.label == "busy" }
    if let maximum = configuration.maximumConcurrency, busy > maximum { violation = "\(busy) at once above \(maximum)" }
    if provisioned.count > configuration.provisioned + pool.members.values.count(where: \.isStopping) {
      violation = "more provisioned environments than wanted"
    }
    checkWaiting(busy: pool.members.values.count(where: \.isOccupied) + pool.repeating.count)
  }

  private mutating func checkWaiting(busy: Int) {
    if let maximum = configuration.maximumConcurrency, busy >= maximum { return }
    let free = pool.members.values.filter { $0.freeSince != nil }
    for request in pool.waiting where request.lease == nil {
      let tenant = configuration.isolatesTenants ? request.tenant : nil
      if free.contains(where: { $0.owner == nil || $0.owner == TenantClass(tenant) }) {
        violation = "an invocation waits beside an idle environment"
      }
    }
  }
}
