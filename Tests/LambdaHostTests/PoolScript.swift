import HostSystem
import LambdaHost

/// Drives a pool with events written as words, `MILLISECONDS EVENT [NUMBER...]`, and tells its actions in words.
struct PoolScript {
  var pool: EnvironmentPool

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
    case "acquire": return Self.tell(pool.acquire(InvocationID(numbers[1]), at: at))
    case "ask": return Self.tell(pool.asked(EnvironmentID(numbers[1]), at: at))
    case "answer":
      return pool.answered(EnvironmentID(numbers[1]), InvocationID(numbers[2]), at: at) ? "-" : "refused"
    case "init-error": return Self.tell(pool.reportedInitError(EnvironmentID(numbers[1]), at: at))
    case "exit": return Self.tell(pool.exited(EnvironmentID(numbers[1]), at: at))
    case "tick": return Self.tell(pool.tick(at: at))
    case "shut-down": return Self.tell(pool.shutDown(at: at))
    case "deadline": return pool.nextDeadline(after: at).map { "\($0.nanoseconds / 1_000_000)" } ?? "-"
    default: preconditionFailure("no such event: \(line)")
    }
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
    case .start(let environment): "start \(environment.number)"
    case .terminate(let environment): "terminate \(environment.number)"
    case .kill(let environment): "kill \(environment.number)"
    case .fail(let invocation, let failure, let environment):
      "fail \(invocation.number) \(failure)" + (environment.map { " in \($0.number)" } ?? "")
    case .hand(let assignment): tell(assignment)
    }
  }

  private static func tell(_ assignment: Assignment) -> String {
    let waited = (assignment.readyAt - assignment.handedAt) / 1_000_000
    let start = assignment.coldStart ? "cold after \(waited)" : (waited == 0 ? "warm" : "warm after \(waited)")
    return "hand \(assignment.invocation.number) to \(assignment.environment.number) \(start)"
  }
}
