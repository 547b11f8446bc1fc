import Glibc
import HostSystem
import JobBackends
import Jobs
import LambdaHost
import TestServices
import Testing

@Suite("An environment that fails")
struct EnvironmentFailureTests {
  private static let second: Int64 = 1_000_000_000

  @Test("by ending before it is ready, like the second one, is told with its exit code and its last words")
  func endsEarly() throws {
    let scripted = try ScriptedHost(shell: "echo starting; echo 'no toolchain found' >&2; exit 3")
    let error = #expect(throws: BackendError.self) { try scripted.invoker.invoke(request()) }
    #expect(error?.kind == .environmentFailed)
    #expect(
      error?.description.contains("as the one before it: exited with code 3; it last wrote: no toolchain found") == true
    )
    #expect(scripted.log.contains { $0.hasPrefix("[env-") && $0.hasSuffix("] no toolchain found") })
    let lines = scripted.log.filter { !$0.hasPrefix("[") }
    let words = lines.compactMap { $0.split(separator: " ").first.map(String.init) }
    try #require(words == ["INIT_REPORT", "START", "INIT_REPORT", "END", "REPORT"])
    #expect(lines[0].hasSuffix("\tPhase: init\tStatus: error\tError Type: Runtime.ExitError"))
    #expect(lines[2].hasSuffix("\tPhase: invoke\tStatus: error\tError Type: Runtime.ExitError"))
    #expect(lines[4].hasSuffix("\tStatus: error\tError Type: Runtime.ExitError"))
  }

  @Test("because its program does not exist is told with the path and the reason")
  func missingProgram() throws {
    let host = try EnvironmentHost(
      EnvironmentHostConfiguration(
        pool: PoolConfiguration(limit: 1), launch: ExecutorLaunch(path: "/nowhere/rce-executor", memoryMB: 128)),
      logger: .quiet, functionLog: { _ in })
    let error = #expect(throws: BackendError.self) { try PoolInvoker(host).invoke(request()) }
    #expect(error?.description.contains("start /nowhere/rce-executor: No such file or directory") == true)
    #expect(host.snapshot.environments.isEmpty)
  }

  @Test("by reporting an init error is told with what it said")
  func initError() throws {
    let scripted = try ScriptedHost { bootstrap in
      try bootstrap.post("/init/error", Array(#"{"errorMessage":"no bwrap"}"#.utf8), type: "Executor.NoSandbox")
    }
    let error = #expect(throws: BackendError.self) { try scripted.invoker.invoke(request()) }
    #expect(error?.kind == .environmentFailed)
    #expect(error?.description.contains(#"it reported Executor.NoSandbox: {"errorMessage":"no bwrap"}"#) == true)
    #expect(eventually { scripted.host.snapshot.environments.isEmpty })
    #expect(
      scripted.log.contains { $0.hasPrefix("INIT_REPORT") && $0.hasSuffix("\tError Type: Executor.NoSandbox") })
  }

  @Test("by not becoming ready in time, like the second one in the time of the invocation, is killed")
  func initTimeout() throws {
    let scripted = try ScriptedHost(
      rules {
        $0.initTimeout = Self.second / 5
        $0.invocationTimeout = Self.second / 4
      }, shell: "exec sleep 600")
    let error = #expect(throws: BackendError.self) { try scripted.invoker.invoke(request()) }
    #expect(error?.kind == .environmentTimedOut)
    #expect(error?.description.contains("the second that did not start: not ready within 0.25 s, and killed") == true)
    #expect(eventually { scripted.host.snapshot.environments.isEmpty })
    let lines = scripted.log
    #expect(lines.contains { $0.hasPrefix("INIT_REPORT") && $0.hasSuffix("\tPhase: init\tStatus: timeout") })
    #expect(lines.contains { $0.hasPrefix("INIT_REPORT") && $0.hasSuffix("\tPhase: invoke\tStatus: timeout") })
    #expect(lines.contains { $0.contains("Task timed out after 0.2") })
    #expect(lines.contains { $0.hasPrefix("REPORT") && $0.hasSuffix("\tStatus: timeout") })
  }

  @Test("by dying in mid-job fails that job, and the next one gets a new environment")
  func diesInMidJob() throws {
    let attempts = Lock(0)
    let scripted = try ScriptedHost(rules(limit: 1)) { bootstrap in
      let work = try bootstrap.next()
      let isFirst = attempts.withLock { attempts in
        attempts += 1
        return attempts == 1
      }
      attempts.notifyAll()
      if isFirst { return }
      try bootstrap.respond(work.requestId, result(of: work.request))
      try bootstrap.echo()
    }
    let killer = try NativeThread(named: "killer") {
      _ = attempts.wait(until: .now + 30 * Self.second) { $0 == 1 ? true : nil }
      for process in scripted.processes { kill(process, SIGKILL) }
    }
    let error = #expect(throws: BackendError.self) { try scripted.invoker.invoke(request()) }
    killer.join()
    #expect(error?.kind == .environmentFailed)
    #expect(error?.description.contains("ended while it ran the job: killed by signal 9") == true)
    #expect(scripted.log.contains { $0.contains("\tStatus: error\tError Type: Runtime.ExitError") })
    #expect(try scripted.invoker.invoke(request()).coldStart)
  }

  @Test("by not answering in time is killed with its descendants, and the job is told that it timed out")
  func timeout() throws {
    let scripted = try ScriptedHost(
      rules(limit: 1) { $0.invocationTimeout = Self.second / 5 },
      shell: "sleep 601 & echo child=$!; echo api=$AWS_LAMBDA_RUNTIME_API; wait"
    ) { bootstrap in
      // It takes the work and stays silent; the call that follows ends with the environment.
      _ = try bootstrap.next()
    }
    let error = #expect(throws: BackendError.self) { try scripted.invoker.invoke(request()) }
    #expect(error?.kind == .environmentTimedOut)
    #expect(error?.description.contains("did not answer within 0.2 s and was killed") == true)
    #expect(eventually { scripted.host.snapshot.environments.isEmpty })
    let child = try #require(scripted.log.compactMap { $0.split(separator: "=").last.flatMap { Int32($0) } }.first)
    #expect(eventually { kill(child, 0) != 0 || isZombie(child) })
    #expect(scripted.log.contains { $0.contains("Task timed out after 0.2") })
    #expect(scripted.log.contains { $0.hasPrefix("REPORT") && $0.hasSuffix("\tStatus: timeout") })
  }

  @Test("by ignoring the wish that it end is killed after its grace")
  func ignoresTermination() throws {
    let scripted = try ScriptedHost(
      rules(limit: 1) {
        $0.idleTimeout = Self.second / 20
        $0.stopGrace = Self.second / 5
      }, shell: "trap '' TERM; echo api=$AWS_LAMBDA_RUNTIME_API; while :; do sleep 600; done")
    _ = try scripted.invoker.invoke(request())
    #expect(eventually { scripted.host.snapshot.environments.isEmpty })
    #expect(scripted.host.snapshot.counters.reaped == 1)
  }
}
