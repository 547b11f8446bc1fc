import BarReporting
import FoundationEssentials
import Glibc
import HostSystem
import Jobs
import MicroHTTP
import StackControl

/// How late the generator sends at a rate that it must hold with ease, against a target that does nothing.
func latenessBars(rate: Int, seconds: Int) throws -> [Bar] {
  var pipe = try Pipe()
  guard let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
    throw StackError(.failed, "no pipe")
  }
  // A process of its own, so that the target's threads are not the generator's.
  var request = ProcessRequest("/proc/self/exe", ["--null-target"], environment: ["PATH=/usr/bin:/bin"])
  request.path = try ProgramLocation().own("performance-bars")
  request.descriptors = [-1, writing.number, 2]
  request.parentDeathSignal = SIGKILL
  let target = try ChildProcess(request)
  _ = consume writing
  var port = [UInt8](repeating: 0, count: 16)
  let count = read(reading.number, &port, port.count)
  let url = "http://127.0.0.1:\(String(decoding: port.prefix(max(count - 1, 0)), as: UTF8.self))"
  defer {
    target.signal(SIGKILL)
    _ = try? target.wait()
  }
  return try run(url: url, rate: rate, seconds: seconds)
}

private func run(url: String, rate: Int, seconds: Int) throws -> [Bar] {
  let folder = try StackFolder.temporary()
  defer { folder.remove() }
  let scenario = """
    version: 1
    name: null-target
    target: \(url)
    mix: [{ name: nothing, language: python, code: "pass", expect: { state: completed } }]
    arrivals:
      process: uniform
      phases: [{ name: steady, kind: constant, rate: \(rate)/s, for: \(seconds)s }]
    """
  let path = "\(folder.path)/null-target.yaml"
  try scenario.write(toFile: path, atomically: true, encoding: .utf8)
  let runs = "\(folder.path)/runs"
  let command = ["run", path, "--output", runs, "--plain"]
  var request = ProcessRequest(
    try ProgramLocation().own("rce-bench"), command, environment: ["PATH=/usr/bin:/bin", "LANG=C.UTF-8"])
  request.descriptors = [-1, 2, 2]
  _ = try ChildProcess(request).wait()
  let lateness = try LatenessReading(runs: runs)
  func bar(_ share: String, _ figure: Double, _ most: Double) -> Bar {
    Bar(
      name: "generator lateness at \(rate) jobs/s, \(share)", figure: figure, bound: .atMost(most), unit: "ms",
      detail: "rce-bench run (uniform, \(rate)/s, \(seconds) s) against a target that answers at once; "
        + "\(lateness.jobs) jobs")
  }
  return [bar("p50", lateness.p50, 0.1), bar("p99", lateness.p99, 1)]
}

/// A platform whose every job is done when it is asked for.
func serveNullTarget() throws {
  let server = try HTTPServer { request, exchange in
    let body =
      request.method == "POST"
      ? #"{"jobId": "\#(JobID())", "status": "queued"}"# : #"{"status": "completed", "result": "", "timestamp": 0}"#
    exchange.answer(
      HTTPResponse(
        status: request.method == "POST" ? 202 : 200, contentType: "application/json", body: Array(body.utf8)))
  }
  print(server.port)
  fflush(nil)
  while true { pause() }
}
