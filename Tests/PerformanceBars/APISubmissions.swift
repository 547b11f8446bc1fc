import BarReporting
import Curl
import FoundationEssentials
import HostSystem
import StackControl

/// Resident memory of `rce-api` after many submissions over many keep-alive connections, none of which may fail.
///
/// No host takes the jobs off the queue: what is measured is the API and its store alone.
func apiBars(submissions: Int, connections: Int) throws -> [Bar] {
  let folder = try StackFolder.temporary()
  defer { try? folder.purge() }
  var configuration = StackConfiguration(directory: folder.path)
  configuration.programs = ProgramLocation()
  configuration.apiOptions = ["--max-queue", "1000000"]
  let stack = try LocalStack(configuration, programs: [.redis, .api])
  defer { stack.stop() }
  guard let state = stack.state, let api = state.processes["api"] else { throw StackError(.failed, "no API") }
  let load = SubmissionLoad(url: "\(state.url)/execute", threads: 6, connections: connections, submissions: submissions)
  let result = try load.run()
  let resident = try residentMegabytes(of: api)
  let detail =
    "\(result.accepted) of \(submissions) accepted over \(connections) keep-alive connections, "
    + "\(rounded(Double(result.accepted) / result.seconds)) submissions/s"
  return [
    Bar(
      name: "API submissions that failed", figure: Double(submissions - result.accepted), bound: .under(1),
      unit: "submissions",
      detail: detail),
    Bar(
      name: "API's slowest submission", figure: result.slowest * 1_000, bound: .under(5_000), unit: "ms",
      detail: "a stall would show as a wait for the 75 s idle timeout; p50 \(rounded(result.median * 1_000)) ms"),
    Bar(
      name: "API resident memory after \(submissions) submissions", figure: resident, bound: .under(100), unit: "MB",
      detail: "VmRSS of rce-api"),
  ]
}

private struct SubmissionLoad {
  let url: String
  let threads: Int
  let connections: Int
  let submissions: Int

  struct Result {
    var accepted = 0
    var seconds = 0.0
    var slowest = 0.0
    var median = 0.0
  }

  func run() throws -> Result {
    let times = Lock<[Double]>([])
    let start = MonotonicInstant.now
    let workers = try (0..<threads).map { worker in
      try NativeThread(named: "submit-\(worker)") {
        let own = submit(count: submissions / threads + (worker < submissions % threads ? 1 : 0))
        times.withLock { $0 += own }
      }
    }
    for worker in workers { worker.join() }
    let samples = times.withLock { $0 }
    return Result(
      accepted: samples.count, seconds: Double(MonotonicInstant.now - start) / 1e9, slowest: samples.max() ?? 0,
      median: quantile(0.5, of: samples))
  }

  /// Seconds of each accepted submission; the connections take turns.
  private func submit(count: Int) -> [Double] {
    let clients = (0..<(connections / threads)).compactMap { _ in try? HTTPClient() }
    let body = Array(#"{"language": "python", "code": "print('Hello, World!')"}"#.utf8)
    let request = HTTPClientRequest(
      method: "POST", url: url, headers: [("Content-Type", "application/json")], body: body,
      timeoutMilliseconds: 100_000)
    return (0..<count).compactMap { index in
      let start = MonotonicInstant.now
      guard let answer = try? clients[index % clients.count].send(request), answer.status == 202 else { return nil }
      return Double(MonotonicInstant.now - start) / 1e9
    }
  }
}

/// VmRSS of a process (proc(5)).
private func residentMegabytes(of process: Int32) throws -> Double {
  let text = try String(contentsOf: URL(filePath: "/proc/\(process)/status"), encoding: .utf8)
  let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
  let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
  guard let kilobytes else { throw StackError(.failed, "no VmRSS of process \(process)") }
  return kilobytes / 1_024
}
