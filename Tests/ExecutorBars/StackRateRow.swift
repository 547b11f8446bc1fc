import BarReporting
import Curl
import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import StackControl

/// Python hellos a second through everything: API, Redis, dispatch, execution environments, and the result read back.
///
/// The clients are threads of this process, on the same cores as the stack; each submits a job, waits for its end by one
/// long poll, and submits the next. More of them than environments keep work waiting in the queue.
let stackRateRow = Row("stack-rate", rounds: 6, bars: [(stackName, .atLeast(150), "jobs/s")]) { bench, rounds in
  setenv(poolVariable, pool, 0)
  defer { if ProcessEnvironment.byName[poolVariable] == pool { unsetenv(poolVariable) } }
  let folder = StackFolder("\(bench.folder)/stack")
  defer { try? folder.purge() }
  var configuration = StackConfiguration(directory: folder.path)
  configuration.concurrency = 2
  let stack = try LocalStack(configuration)
  defer { stack.stop() }
  guard let url = stack.state?.url else { throw StackError(.failed, "no API") }
  let starts = StartCounts()
  let clients = Lock((0..<inFlight).compactMap { _ in try? StackClient(url: url, starts: starts) })
  let rate = Rate(name: "whole stack", workers: inFlight) {
    guard let client = clients.withLock({ $0.popLast() }) else { return false }
    defer { clients.withLock { $0.append(client) } }
    return (try? client.execute(.python)) ?? false
  }
  let readings = try interleaved([rate], rounds: rounds)[0]
  return [
    Bar(
      name: stackName, figure: readings.median, bound: .atLeast(150), unit: "jobs/s",
      facts: [Bar.Fact("n", Double(rounds)), Bar.Fact("min", readings.rates.min() ?? .nan, "jobs/s")] + readings.facts,
      detail:
        "\(inFlight) clients, 2 environments with \(ProcessEnvironment.byName[poolVariable] ?? "no pool"), phases of "
        + "\(rounded(Rate.phase)) s; only right results that were read count; starts: \(starts.text)")
  ]
}

private let stackName = "Python hello through the whole stack"
private let inFlight = 8
private let poolVariable = "RCE_EXECUTOR_POOL"
private let pool = "python=1"

/// One client with one keep-alive connection, used by one thread at a time.
private final class StackClient: @unchecked Sendable {
  // Proof of sendability: whoever has taken it from the list of free clients is the only one to use it.
  private let client: HTTPClient
  private let url: String
  private let starts: StartCounts

  init(url: String, starts: StartCounts) throws {
    client = try HTTPClient()
    self.url = url
    self.starts = starts
  }

  /// Submits a program and reads its result; whether it is the right one.
  func execute(_ program: Program) throws -> Bool {
    let body = try JSONEncoder().encode(Submission(code: program.code, language: program.language))
    let answer = try client.send(
      HTTPClientRequest(
        method: "POST", url: "\(url)/execute", headers: [("Content-Type", "application/json")], body: [UInt8](body)))
    let receipt = try JSONDecoder().decode(SubmissionReceipt.self, from: Data(answer.body))
    let poll = try client.send(
      HTTPClientRequest(url: "\(url)/job-status/\(receipt.jobId)?wait=20", timeoutMilliseconds: 30_000))
    let status = try JSONDecoder().decode(JobStatus.self, from: Data(poll.body))
    starts.count(status.timings?.start)
    return status.result == "Hello, World!"
  }
}
