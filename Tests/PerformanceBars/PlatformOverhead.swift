import BarReporting
import Curl
import FoundationEssentials
import HostSystem
import Jobs
import StackControl

/// What the platform adds to a warm Python program, and how long a job waits while an environment is idle.
///
/// The same program runs by hand in the same sandbox, in turn with the jobs, so that noise meets both.
func platformBars(jobs: Int) throws -> [Bar] {
  let folder = try StackFolder.temporary()
  defer { try? folder.purge() }
  var configuration = StackConfiguration(directory: folder.path)
  configuration.concurrency = 1
  let stack = try LocalStack(configuration)
  defer { stack.stop() }
  guard let url = stack.state?.url else { throw StackError(.failed, "no API") }
  let client = try HTTPClient()
  var through: [Double] = []
  var byHand: [Double] = []
  var queueWaits: [Double] = []
  for index in 0..<(jobs + 3) {
    let (milliseconds, timings) = try runJob(client, url)
    let hand = try runByHand()
    // The first jobs pay the cold start and fill the page cache.
    guard index >= 3, let accepted = timings.s1, let handed = timings.s2 else { continue }
    through.append(milliseconds)
    byHand.append(hand)
    queueWaits.append(Double(handed - accepted) / 1_000)
  }
  let difference = quantile(0.5, of: through) - quantile(0.5, of: byHand)
  return [
    Bar(
      name: "warm Python hello through the stack, beyond the same program by hand, p50", figure: difference,
      bound: .under(25),
      unit: "ms",
      detail: "\(jobs) jobs: submit to result read p50 \(rounded(quantile(0.5, of: through))) ms; by hand "
        + "(`rce-executor --once`, its own reading of the sandboxed run) p50 \(rounded(quantile(0.5, of: byHand))) ms"),
    Bar(
      name: "queue wait with an idle environment, p50", figure: quantile(0.5, of: queueWaits), bound: .under(2),
      unit: "ms",
      detail: "s2 - s1 of the same jobs; p95 \(rounded(quantile(0.95, of: queueWaits))) ms"),
  ]
}

private let program = #"print("Hello, World!")"#

private func runJob(_ client: HTTPClient, _ url: String) throws -> (milliseconds: Double, timings: JobTimings) {
  let start = MonotonicInstant.now
  let body = try JSONEncoder().encode(Submission(code: program, language: .python))
  let answer = try client.send(
    HTTPClientRequest(
      method: "POST", url: "\(url)/execute", headers: [("Content-Type", "application/json")], body: [UInt8](body)))
  let receipt = try JSONDecoder().decode(SubmissionReceipt.self, from: Data(answer.body))
  let poll = try client.send(
    HTTPClientRequest(url: "\(url)/job-status/\(receipt.jobId)?wait=20", timeoutMilliseconds: 30_000))
  let milliseconds = Double(MonotonicInstant.now - start) / 1e6
  let status = try JSONDecoder().decode(JobStatus.self, from: Data(poll.body))
  guard status.result == "Hello, World!", let timings = status.timings else {
    throw StackError(.failed, "the job did not complete: \(String(decoding: poll.body, as: UTF8.self))")
  }
  return (milliseconds, timings)
}

/// Wall milliseconds of the sandboxed program, as the executor measures them around the sandbox.
private func runByHand() throws -> Double {
  let request = try JSONEncoder().encode(ExecutionRequest(jobId: JobID(), code: program, language: .python))
  let input = try FileDescriptor.sealedMemory(named: "request", [UInt8](request))
  var pipe = try Pipe()
  guard let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
    throw StackError(.failed, "no pipe")
  }
  var start = ProcessRequest(
    try ProgramLocation().own("rce-executor"), ["--once"], environment: ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"])
  start.descriptors = [input.number, writing.number, 2]
  let child = try ChildProcess(start)
  _ = consume writing
  let output = try reading.readAll()
  _ = try child.wait()
  let result = try JSONDecoder().decode(ExecutionResult.self, from: Data(output))
  return result.details.wallTimeMs
}
