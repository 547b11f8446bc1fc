import Curl
import ExecutionAPI
import HostSystem
import JobBackends
import Jobs
import Testing

@Suite("Connections that stay open")
struct KeepAliveTests {
  @Test("three hundred of them submit without an error or a stall")
  func threeHundred() throws {
    let platform = try TestPlatform()
    let ask = Ask.submit(#"{"code": "print(1)", "language": "python"}"#).outgoing(to: platform.server.port)
    let tally = Lock<(jobs: Set<JobID>, slowest: Int64)>(([], 0))
    let threads = try (0..<10).map { _ in
      try NativeThread(named: "clients") {
        guard let clients = try? (0..<30).map({ _ in try HTTPClient() }) else { return }
        for _ in 0..<4 {
          for client in clients {
            let start = MonotonicInstant.now
            guard let answer = try? client.send(ask), answer.status == 202 else { continue }
            let job = try? Answer(answer).json(SubmissionReceipt.self).jobId
            tally.withLock { tally in
              if let job { tally.jobs.insert(job) }
              tally.slowest = max(tally.slowest, MonotonicInstant.now - start)
            }
          }
        }
      }
    }
    for thread in threads { thread.join() }
    let (jobs, slowest) = tally.withLock { $0 }
    #expect(jobs.count == 1_200)
    #expect(slowest < 5_000_000_000)
    #expect(try platform.queue.depth().waiting == 1_200)
  }
}
