import Glibc
import HostSystem
import JobBackends
import Jobs
import LambdaHost
import TestServices
import Testing

@Suite("An invocation of an idle environment", .serialized)
struct WarmInvocationBench {
  /// `RCE_BENCH=1 swift test -c release --filter WarmInvocationBench`: what the host adds to a program's own time.
  @Test("costs less than a millisecond", .enabled(if: getenv("RCE_BENCH") != nil, "a measurement: set RCE_BENCH=1"))
  func overhead() throws {
    let scripted = try ScriptedHost(rules(limit: 1))
    let invoker = scripted.invoker
    let payload = request()
    for _ in 0..<500 { _ = try invoker.invoke(payload) }
    var times = try (0..<5_000).map { _ in
      let start = MonotonicInstant.now
      _ = try invoker.invoke(payload)
      return MonotonicInstant.now - start
    }
    times.sort()
    print("warm invocation, microseconds: p50 \(times[2_500] / 1_000), p95 \(times[4_750] / 1_000), n=5000")
    #expect(times[2_500] < 1_000_000)
  }

  /// From the queue's acceptance of a message to its hand-over, through the real program and a real Redis.
  @Test("waits less than two milliseconds in the queue", .enabled(if: getenv("RCE_BENCH") != nil, "a measurement"))
  func queueWait() throws {
    let redis = try RedisServer()
    let executor = try ScriptedExecutor()
    defer { withExtendedLifetime(executor) {} }
    let program = try HostProgram(redis.address, executor: executor.path, ["--prewarm", "1"])
    try #require(program.isReady(), "\(program.log)")
    let platform = Platform(redis.address)
    var waits: [Int64] = []
    for number in 0..<550 {
      let timings = try #require(try platform.end(of: platform.submit("echo \(number)"))?.timings)
      if number >= 50, let accepted = timings.s1, let handed = timings.s2 { waits.append(handed - accepted) }
    }
    waits.sort()
    print("queue wait, microseconds: p50 \(waits[250]), p95 \(waits[475]), n=\(waits.count)")
    #expect(waits[250] < 2_000)
  }

  /// What a Python hello takes in an idle environment of the real executor, and what a start of one takes.
  @Test(
    "of the real executor is mostly the program's own time", .enabled(if: getenv("RCE_BENCH") != nil, "a measurement"))
  func realExecutor() throws {
    let launch = ExecutorLaunch(path: try BuiltProgram.path("rce-executor"), memoryMB: 512)
    let configuration = EnvironmentHostConfiguration(pool: rules(limit: 1), launch: launch)
    let host = try EnvironmentHost(configuration, logger: .quiet, functionLog: { _ in })
    let hello = request("print('hello')")
    var totals: [Int64] = []
    var inside: [Int64] = []
    for _ in 0..<120 {
      let start = MonotonicInstant.now
      let invocation = try PoolInvoker(host).invoke(hello)
      totals.append((MonotonicInstant.now - start) / 1_000)
      inside.append(invocation.result.finishedAt - invocation.readyAt)
    }
    let environment = try #require(host.snapshot.environments.first?.initMs)
    let median = { (values: [Int64]) in values.dropFirst(20).sorted()[50] }
    print(
      "real executor: start to first next \(environment) ms; hello, microseconds: invoke p50 \(median(totals)), "
        + "hand-over to the program's end p50 \(median(inside))")
    #expect(environment < 1_000)
  }
}
