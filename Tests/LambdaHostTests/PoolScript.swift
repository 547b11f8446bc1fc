import HostSystem
import JobBackends
import LambdaHost

/// Drives a pool with events written as words, `MILLISECONDS EVENT [NUMBER...]`, and tells its actions in words.
///
/// After `acquire N` may stand `for TENANT`, `on LEASE` and `at-once`; after `answer N N`, `retiring REASON`.
struct PoolScript {
  var pool: EnvironmentPool
  private var leases: [String: EnvironmentLease] = [:]

  init(_ configuration: PoolConfiguration) {
    pool = EnvironmentPool(configuration)
  }

  /// Performs one event; what is to be done comes back as words, "-" where that is nothing.
  mutating func perform(_ line: String) -> String {
    let words = line.split(separator: " ").map(String.init)
    let numbers = words.compactMap { Int($0) }
    let at = MonotonicInstant(nanoseconds: Int64(numbers[0]) * 1_000_000)
    switch words[1] {
    case "open": return Self.tell(pool.opened(at: at))
    case "acquire": return Self.tell(pool.acquire(request(words), at: at))
    case "end": return Self.tell(pool.ended(lease(words[2]), at: at))
    case "ask": return Self.tell(pool.asked(EnvironmentID(numbers[1]), at: at))
    case "answer":
      let reasons: [String: Retirement] = ["problem": .problem, "limit": .limit]
      let reason = Self.word(after: "retiring", in: words).flatMap { reasons[$0] }
      let (environment, invocation) = (EnvironmentID(numbers[1]), InvocationID(numbers[2]))
      return pool.answered(environment, invocation, retiring: reason, at: at) ? "-" : "refused"
    case "init-error": return Self.tell(pool.reportedInitError(EnvironmentID(numbers[1]), at: at))
    case "exit": return Self.tell(pool.exited(EnvironmentID(numbers[1]), at: at))
    case "tick": return Self.tell(pool.tick(at: at))
    case "shut-down": return Self.tell(pool.shutDown(at: at))
    case "deadline": return pool.nextDeadline(after: at).map { "\($0.nanoseconds / 1_000_000)" } ?? "-"
    default: preconditionFailure("no such event: \(line)")
    }
  }

  private mutating func request(_ words: [String]) -> PoolRequest {
    PoolRequest(
      InvocationID(Int(words[2]) ?? 0), tenant: Self.word(after: "for", in: words),
      lease: Self.word(after: "on", in: words).map { lease($0) }, whenFull: words.contains("at-once") ? .fails : .waits)
  }

  private mutating func lease(_ name: String) -> EnvironmentLease {
    let lease = leases[name] ?? EnvironmentLease()
    leases[name] = lease
    return lease
  }

  private static func word(after mark: String, in words: [String]) -> String? {
    words.firstIndex(of: mark).map { words[$0 + 1] }
  }

  private static func tell(_ reply: PoolReply) -> String {
    switch reply {
    case .accepted(let actions): tell(actions)
    case .refused: "refused"
    }
  }

  private static func tell(_ actions: [PoolAction]) -> String {
    actions.isEmpty ? "-" : actions.map { tell($0) }.joined(separator: ", ")
  }

  private static func tell(_ action: PoolAction) -> String {
    switch action {
    case .start(let environment, .onDemand): "start \(environment.number)"
    case .start(let environment, .provisioned): "provision \(environment.number)"
    case .begin(let assignment): "begin \(assignment.invocation.number) in \(assignment.environment.number)"
    case .terminate(let environment): "terminate \(environment.number)"
    case .kill(let environment): "kill \(environment.number)"
    case .fail(let invocation, let failure, let environment):
      "fail \(invocation.number) \(failure)" + (environment.map { " in \($0.number)" } ?? "")
    case .hand(let assignment): tell(assignment)
    }
  }

  private static func tell(_ assignment: Assignment) -> String {
    let waited = (assignment.readyAt - assignment.handedAt) / 1_000_000
    let began = (assignment.readyAt - assignment.beganAt) / 1_000_000
    let repeated = began == 0 ? "" : " of it \(began)"
    let start = assignment.coldStart ? "cold after \(waited)" : (waited == 0 ? "warm" : "warm after \(waited)")
    return "hand \(assignment.invocation.number) to \(assignment.environment.number) \(start)\(repeated)"
  }
}
