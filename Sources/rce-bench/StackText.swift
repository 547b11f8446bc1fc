import Curl
import FoundationEssentials
import HostSystem
import StackControl

/// Whether the API of a stack answers, and what it says of itself.
struct StackHealth {
  /// HTTP status of `/health`; nil where no answer came.
  let status: Int?
  /// The body of `/health`.
  let body: String

  /// Asks the stack's API.
  init(of state: StackState) {
    let answer = try? HTTPClient().send(HTTPClientRequest(url: "\(state.url)/health", timeoutMilliseconds: 3_000))
    status = answer?.status
    body = String(decoding: answer?.body ?? [], as: UTF8.self)
  }

  /// The API answers and says that it is well.
  var isServing: Bool { status == 200 }
}

/// The sentences of `rce-bench stack`.
enum StackText {
  /// What `stack up` prints once all is ready.
  static func ready(_ state: StackState?) -> String {
    guard let state else { return "stack: stopped before it was ready" }
    return """
      stack ready on \(state.url)
        submit   curl -s \(state.url)/execute -H 'Content-Type: application/json' \\
                   -d '{"language": "python", "code": "print(6 * 7)"}'
        browse   \(state.url)/
        load     rce-bench run scenarios/steady.yaml --target \(state.url)
        look     rce-bench stack status | logs [\(StackProgram.names)] | down
      """
  }

  /// What `stack status` prints.
  static func status(_ state: StackState, _ health: StackHealth) -> String {
    let seconds = (WallClock.milliseconds - state.startedAt) / 1_000
    let processes = StackProgram.allCases.map { program in
      "  \(program.rawValue.padded(to: 8)) pid \(state.processes[program.rawValue].map(String.init) ?? "-")"
    }
    let word = health.isServing ? "ready" : "NOT SERVING (\(health.status.map { "HTTP \($0)" } ?? "no answer"))"
    return
      (["stack \(word) on \(state.url), up \(seconds) s, supervisor pid \(state.supervisor)"] + processes
      + [health.body.trimmingNewline]).joined(separator: "\n")
  }

  /// What `stack status --json` prints.
  static func json(_ state: StackState, _ health: StackHealth) throws -> String {
    struct Status: Encodable {
      let state: StackState
      let serving: Bool
      let healthStatus: Int?
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let status = Status(state: state, serving: health.isServing, healthStatus: health.status)
    return String(decoding: try encoder.encode(status), as: UTF8.self)
  }
}

extension String {
  /// The text with spaces after it up to a width.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
