import BarReporting
import Glibc
import HostSystem
import MicroHTTP
import StackControl

/// Milliseconds from the start of `rce-executor` to its first request for work.
func executorStartBar(runs: Int) throws -> Bar {
  let arrival = Lock<MonotonicInstant?>(nil)
  let server = try HTTPServer { request, exchange in
    guard request.path.hasSuffix("/runtime/invocation/next") else {
      return exchange.answer(HTTPResponse(status: 202))
    }
    // Not answered: the executor waits for work until it is killed.
    arrival.withLock { $0 = .now }
    arrival.notifyAll()
  }
  let path = try ProgramLocation().own("rce-executor")
  var samples: [Double] = []
  for _ in 0..<runs {
    arrival.withLock { $0 = nil }
    let request = ProcessRequest(
      path, environment: ["AWS_LAMBDA_RUNTIME_API=127.0.0.1:\(server.port)", "PATH=/usr/bin:/bin", "LANG=C.UTF-8"])
    let start = MonotonicInstant.now
    let child = try ChildProcess(request)
    let asked = arrival.wait(until: start + 10_000_000_000) { $0 }
    child.signal(SIGKILL)
    _ = try child.wait()
    guard let asked else { throw StackError(.failed, "rce-executor did not ask for work within 10 s") }
    samples.append(Double(asked - start) / 1e6)
  }
  return Bar(
    name: "start of rce-executor to its first `next`, p50", figure: quantile(0.5, of: samples), bound: .under(50),
    unit: "ms",
    detail: "\(runs) starts; min \(rounded(samples.min() ?? .nan)), max \(rounded(samples.max() ?? .nan)) ms")
}
