import Curl
import Glibc
import HostSystem
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

@Suite("rce-lambda-host", .serialized)
struct HostProgramTests {
  private let redis: RedisServer
  private let executor: ScriptedExecutor
  private let platform: Platform

  init() throws {
    redis = try RedisServer()
    executor = try ScriptedExecutor()
    platform = Platform(redis.address)
  }

  private func start(_ options: [String] = [], environment: [String] = []) throws -> HostProgram {
    let program = try HostProgram(redis.address, executor: executor.path, options, environment: environment)
    try #require(program.isReady(), "\(program.log)")
    return program
  }

  @Test("runs jobs, tells when what happened and what it costs, and leaves nothing behind on SIGTERM")
  func runs() throws {
    let program = try start()
    let first = try #require(try platform.end(of: platform.submit("echo hello")))
    #expect(first.status == .completed && first.result == "hello")
    let timings = try #require(first.timings)
    let instants = [timings.s0, timings.s1, timings.s2, timings.s3].compactMap { $0 }
    #expect(instants.count == 4 && instants == instants.sorted())
    #expect(timings.coldStart == true && timings.memoryMB == 512 && timings.attempt == 1)
    #expect(timings.billedMs ?? 0 > 0)
    let second = try #require(try platform.end(of: platform.submit("echo again"))?.timings)
    #expect(second.coldStart == false && second.s2 == second.s3)
    let children = program.children
    #expect(!children.isEmpty)
    program.process.signal(SIGTERM)
    #expect(program.process.waitForEnd(within: 5_000) == .exited(0))
    for child in children { #expect(kill(child, 0) != 0) }
    #expect(program.log.contains("\nREPORT RequestId: "))
    #expect(try platform.queue.depth().inFlight == 0)
  }

  @Test("speaks to Redis by TLS and logs in, and shows the password nowhere")
  func secureRedis() throws {
    let secure = try SecureRedis()
    try secure.server.send(["CONFIG", "SET", "requirepass", "not-to-be-shown"])
    let address = try secure.address(login: ":not-to-be-shown@")
    let program = try HostProgram(
      nil, executor: executor.path, ["--wait-for-redis", "60"],
      environment: [
        "RCE_HOST_REDIS=rediss://:not-to-be-shown@127.0.0.1:\(secure.port)?cacert=\(secure.certificates["ca.pem"])"
      ])
    try #require(program.isReady(within: 60_000), "\(program.log)")
    let platform = Platform(address)
    #expect(try platform.end(of: platform.submit("echo hello"))?.result == "hello")
    #expect(program.log.contains(" at \(address)") && !program.log.contains("not-to-be-shown"))
  }

  @Test("gives a job another try when its environment dies under it")
  func environmentDies() throws {
    let program = try start()
    let marker = try TemporaryDirectory()
    let status = try #require(try platform.end(of: platform.submit("die-once \(marker.path)/died")))
    #expect(status.status == .completed && status.timings?.attempt == 2)
    #expect(program.log.contains("Status: error\tError Type: Runtime.ExitError"))
  }

  @Test("killed outright leaves no environment behind, and after a restart its jobs come again at once")
  func killedOutright() throws {
    let program = try start()
    let marker = try TemporaryDirectory()
    let job = try platform.submit("hang-once \(marker.path)/hung")
    #expect(try platform.isRunning(job))
    #expect(eventually { access("\(marker.path)/hung", F_OK) == 0 })
    let children = program.children
    #expect(!children.isEmpty)
    program.process.end(by: SIGKILL)
    #expect(eventually { children.allSatisfy { kill($0, 0) != 0 || isZombie($0) } })
    #expect(try platform.queue.depth().inFlight == 1)
    let successor = try start()
    let status = try #require(try platform.end(of: job))
    #expect(status.status == .completed && status.timings?.attempt == 2)
    #expect(successor.log.contains("Took over messages of hosts that are gone"))
  }

  @Test("told to stop finishes the message in hand")
  func drains() throws {
    let program = try start()
    let job = try platform.submit("sleep 1")
    #expect(try platform.isRunning(job))
    program.process.signal(SIGINT)
    #expect(program.process.waitForEnd(within: 8_000) == .exited(0))
    #expect(try platform.statuses.status(of: job)?.status == .completed)
  }

  @Test("told to stop while a program runs on kills it after its time, and another host takes the job over")
  func drainTimeout() throws {
    let program = try start(["--drain-timeout", "300ms"])
    let marker = try TemporaryDirectory()
    let job = try platform.submit("hang-once \(marker.path)/hung")
    #expect(try platform.isRunning(job))
    #expect(eventually { access("\(marker.path)/hung", F_OK) == 0 })
    let children = program.children
    program.process.signal(SIGTERM)
    #expect(program.process.waitForEnd(within: 5_000) == .exited(0))
    for child in children { #expect(kill(child, 0) != 0) }
    #expect(program.log.contains("were not finished; they come again"))
    let successor = try start()
    #expect(try platform.end(of: job)?.status == .completed, "\(successor.log)")
  }

  @Test("tells of itself over HTTP where that is asked for")
  func monitor() throws {
    let program = try start(["--metrics-listen", "127.0.0.1:0", "--prewarm", "1", "--environments", "3"])
    let ready = try #require(program.log.split(separator: "\n").first { $0.contains("rce-lambda-host ready") })
    let url = try #require(ready.split(separator: " ").last.map(String.init))
    #expect(ready.contains("3 environments of 512 MB at most, queue {rce}:jobs at unix:"))
    _ = try platform.end(of: platform.submit("echo x"))
    let base = url.replacing("/metrics", with: "")
    let health = try HTTPClient().send(.init(url: base + "/health"))
    #expect(health.status == 200)
    #expect(
      String(decoding: health.body, as: UTF8.self)
        == #"{"sandbox":{"absent":["everything"],"backend":"none","controlGroup":"none","seccomp":false},"#
        + #""status":"ok","version":"0.1.0"}"#)
    let metrics = String(decoding: try HTTPClient().send(.init(url: url)).body, as: UTF8.self)
    for line in [
      #"rce_host_deliveries_total{outcome="completed"} 1"#, "rce_host_environments_limit 3",
      "rce_host_environments_started_ahead_total 1", #"rce_host_invocations_total{end="answered"} 1"#,
      "# TYPE rce_host_cold_starts_total counter", "rce_host_sandbox_absent_protections 1",
      "rce_host_provisioned_ready 0", "rce_host_tenant_isolation 0", "rce_host_reserved_concurrency 3",
      #"rce_host_environments_recycled_total{reason="problem"} 0"#, "rce_host_poller_batches_total 1",
      "rce_host_environments_evicted_total 0", "rce_host_throttled_total 0",
    ] { #expect(metrics.contains(line + "\n"), "\(metrics)") }
    let environments = try HTTPClient().send(.init(url: base + "/environments"))
    #expect(String(decoding: environments.body, as: UTF8.self).contains(#""name":"env-"#))
    #expect(try HTTPClient().send(.init(url: base + "/other")).status == 404)
    redis.stop()
    #expect(try HTTPClient().send(.init(url: base + "/health")).status == 503)
  }

  @Test("takes options from the environment, where the command line does not say otherwise")
  func environmentOptions() throws {
    let program = try start(
      ["--memory", "256"],
      environment: ["RCE_HOST_MEMORY=1024", "RCE_HOST_CONCURRENCY=5", "RCE_HOST_RECYCLE_AFTER_LIMIT=no"])
    #expect(program.log.contains("ready: 5 messages at once, 5 environments of 256 MB"))
  }

  @Test("keeps tenants apart, keeps provisioned environments ready, replaces bad ones, and tells all of it")
  func rules() throws {
    let program = try start(
      [
        "--metrics-listen", "127.0.0.1:0", "--environments", "2", "--concurrency", "1", "--provisioned-concurrency",
        "1",
        "--reserved-concurrency", "1", "--recycle-after-limit", "--poller", "lambda",
      ], environment: ["RCE_HOST_TENANT_ISOLATION=true"])
    let ready = try #require(program.log.split(separator: "\n").first { $0.contains("rce-lambda-host ready") })
    let url = try #require(ready.split(separator: " ").last.map(String.init))
    let metric = { (line: String) in
      eventually {
        let answer = try? HTTPClient().send(.init(url: url))
        return String(decoding: answer?.body ?? [], as: UTF8.self).contains(line + "\n")
      }
    }
    #expect(metric("rce_host_provisioned_ready 1"))
    let jobs = try [("echo 1", "a"), ("echo 2", "a"), ("echo 3", "b"), ("problem x", "b"), ("limit x", "c")].map {
      try platform.submit($0.0, tenant: $0.1)
    }
    let names = try jobs.map { try platform.end(of: $0)?.timings?.environmentId }
    #expect(names[0] != nil && names[0] == names[1] && names[1] != names[2] && names[3] != names[4])
    #expect(try platform.end(of: jobs[0])?.timings?.coldStart == false)
    #expect(metric(#"rce_host_environments_recycled_total{reason="problem"} 1"#))
    #expect(metric(#"rce_host_environments_recycled_total{reason="limit"} 1"#))
    #expect(metric("rce_host_tenant_isolation 1") && metric("rce_host_reserved_concurrency 1"))
    #expect(program.log.contains("is replaced: process 7 could not be killed"))
    let host = try #require(try RedisHostDirectory(RedisPool(redis.address), PlatformConfiguration()).hosts().first)
    #expect(host.sandbox.absent == ["everything"] && host.version == "0.1.0")
    #expect(host.environments.limit == 2 && host.environments.provisionedConcurrency == 1)
    #expect(host.environments.tenantIsolation && host.environments.reservedConcurrency == 1)
    #expect(host.poller.limit == 1 && host.poller.batchSize == 1 && host.environments.timeoutMs == 30_000)
  }

  @Test("runs the jobs of a batch one after the other in one environment, each with its own end")
  func batches() throws {
    let marker = try TemporaryDirectory()
    let codes = ["echo 1", "die-once \(marker.path)/died", "echo 3", "echo 4"]
    let jobs = try codes.map { try platform.submit($0) }
    let program = try start([
      "--concurrency", "1", "--environments", "2", "--batch-size", "20", "--batching-window", "1s", "--timeout", "5s",
      "--visibility-timeout", "330s",
    ])
    let ends = try jobs.map { try #require(try platform.end(of: $0)) }
    #expect(ends.allSatisfy { $0.status == .completed }, "\(program.log)")
    #expect(ends.map { $0.timings?.attempt } == [1, 2, 1, 1])
    let names = ends.map { $0.timings?.environmentId }
    #expect(names[2] == names[3] && names[0] != names[2], "the second died, and the batch went on in another")
    #expect(program.log.contains("ready: 1 batches at once"))
  }

  @Test("hands the executor's variables on to the environments and to the check")
  func executorVariables() throws {
    let names = ["SANDBOX", "FLOOR", "POOL", "CACHE", "TECHNIQUES"].map { "RCE_EXECUTOR_\($0)" }
    let program = try start(environment: names.map { "\($0)=value-of-\($0)" } + ["RCE_OTHER=x", "AWS_SECRET=x"])
    let job = try platform.submit("environment RCE_")
    let result = try #require(try platform.end(of: job)?.result)
    #expect(result.split(separator: " ").map(String.init) == names.sorted().map { "\($0)=value-of-\($0)" })
    #expect(program.log.contains("with RCE_EXECUTOR_POOL=value-of-RCE_EXECUTOR_POOL"))
  }

  @Test("waits for a Redis server that is late")
  func lateRedis() throws {
    redis.stop()
    let program = try HostProgram(redis.address, executor: executor.path, ["--wait-for-redis", "20"])
    #expect(eventually { program.log.contains("executor: python: /usr/bin/python3") })
    #expect(!program.process.hasEnded(within: 100))
    try redis.start()
    #expect(program.isReady())
  }
}

@Suite("rce-lambda-host asked about itself")
struct HostProgramHelpTests {
  @Test(
    "tells its version and its options, and ends with code 0",
    arguments: [("--version", "0.1.0"), ("--help", "USAGE:")])
  func help(option: String, words: String) throws {
    let program = try HostProgram(.unix(path: "/nowhere"), executor: "/nowhere", [option])
    #expect(program.process.waitForEnd(within: 15_000) == .exited(0))
    #expect(program.log.contains(words))
  }
}

@Suite("rce-lambda-host refuses to start")
struct HostProgramRefusalTests {
  private func refusal(
    _ options: [String], redis: String = "unix:/tmp/no-such-redis.sock", executor: String? = nil, checkExitCode: Int = 0
  ) throws -> (end: ProcessEnd?, log: String) {
    let scripted = try ScriptedExecutor(checkExitCode: checkExitCode)
    let program = try HostProgram(
      .unix(path: String(redis.dropFirst(5))), executor: executor ?? scripted.path, options)
    return (program.process.waitForEnd(within: 15_000), program.log)
  }

  @Test("without Redis, with code 6, and says where it looked and what to do")
  func noRedis() throws {
    let (end, log) = try refusal([])
    #expect(end == .exited(6))
    #expect(log.contains("Redis at unix:/tmp/no-such-redis.sock") && log.contains("--wait-for-redis"))
  }

  @Test("without an executor, with code 2")
  func noExecutor() throws {
    let (end, log) = try refusal([], executor: "/nowhere/rce-executor")
    #expect(end == .exited(2))
    #expect(log.contains("the executor /nowhere/rce-executor cannot be run: No such file or directory; build it"))
  }

  @Test("where the executor says that no program can run, with code 2 and its reasons")
  func checkFails() throws {
    let (end, log) = try refusal([], checkExitCode: 3)
    #expect(end == .exited(2))
    #expect(log.contains("this machine cannot run programs") && log.contains("executor --check: exited with code 3\n"))
    #expect(log.contains("  no bubblewrap; install it: apt-get install bubblewrap"))
  }

  @Test(
    "with an option that cannot be right, with code 2 and the range",
    arguments: [
      (["--concurrency", "0"], "--concurrency must be from 1 to 1250, got 0"),
      (["--memory", "64"], "--memory must be from 128 to 10240, got 64"),
      (["--timeout", "20m"], "--timeout must be from 1s to 900s, got 1200s"),
      (
        ["--timeout", "60s", "--visibility-timeout", "60s"], "--visibility-timeout must be from 90s to 43200s, got 60s"
      ),
      (["--prewarm", "9", "--environments", "2"], "--prewarm must be from 0 to 2, got 9"),
      (
        ["--provisioned-concurrency", "2", "--prewarm", "1", "--environments", "2"],
        "--prewarm must be from 0 to 0, got 1"
      ),
      (
        ["--provisioned-concurrency", "2", "--reserved-concurrency", "1", "--environments", "2"],
        "--provisioned-concurrency must be from 0 to 1, got 2"
      ),
      (["--reserved-concurrency", "0"], "--reserved-concurrency must be from 1 to"),
      (["--batch-size", "0"], "--batch-size must be from 1 to 1000, got 0"),
      (["--batch-size", "11"], "--batching-window must be from 1s to 300s, got 0s"),
      (
        ["--batch-size", "10", "--visibility-timeout", "300s"],
        "--visibility-timeout must be from 420s to 43200s, got 300s"
      ),
      (["--poller", "fast"], "The value 'fast' is invalid for '--poller <preset>'"),
      (["--idle-timeout", "soon"], "The value 'soon' is invalid for '--idle-timeout <time>'"),
      (["--log-level", "loud"], "expected one of trace, debug, info, notice, warning, error, critical, got 'loud'"),
      (["--metrics-listen", "nowhere"], "The value 'nowhere' is invalid for '--metrics-listen <address:port>'"),
      (["--unknown"], "Unknown option '--unknown'"),
    ])
  func badOption(options: [String], message: String) throws {
    let (end, log) = try refusal(options)
    #expect(end == .exited(2))
    #expect(log.contains(message), "\(log)")
  }

  @Test("where the port of its metrics is taken, with code 2")
  func portInUse() throws {
    let redis = try RedisServer(tcp: true)
    let port = try #require(redis.tcpAddress.map { "\($0)" }?.split(separator: ":").last)
    let scripted = try ScriptedExecutor()
    let program = try HostProgram(
      redis.address, executor: scripted.path, ["--metrics-listen", "127.0.0.1:\(port)"])
    #expect(program.process.waitForEnd(within: 15_000) == .exited(2))
    #expect(program.log.contains("cannot listen on 127.0.0.1:\(port): another program listens there"))
  }
}
