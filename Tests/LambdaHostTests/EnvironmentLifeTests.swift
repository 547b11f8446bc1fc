import Glibc
import HostSystem
import JobBackends
import Jobs
import LambdaHost
import TestServices
import Testing

@Suite("A host of environments")
struct EnvironmentLifeTests {
  private static let second: Int64 = 1_000_000_000

  @Test("gives an environment what Lambda sets and nothing of its own environment")
  func environment() throws {
    setenv("AWS_SECRET_ACCESS_KEY", "canary", 1)
    defer { unsetenv("AWS_SECRET_ACCESS_KEY") }
    var launch = ExecutorLaunch(path: "/usr/bin/env", memoryMB: 256)
    launch.variables = ["RCE_EXECUTOR_SETTING": "on", "AWS_LAMBDA_FUNCTION_NAME": "not this"]
    let log = Lock<[String]>([])
    let host = try EnvironmentHost(
      EnvironmentHostConfiguration(pool: PoolConfiguration(limit: 1), launch: launch), logger: .quiet,
      functionLog: { line in log.withLock { $0.append(line) } })
    _ = try? PoolInvoker(host).invoke(request())
    host.stop()
    // It ends at once and has a successor; the first one's lines are looked at.
    let lines = log.withLock { $0 }.filter { $0.hasPrefix("[") }
    let mark = lines.first?.split(separator: "]").first ?? ""
    let variables = lines.filter { $0.hasPrefix(mark) }
      .compactMap { $0.split(separator: " ", maxSplits: 1).last.map(String.init) }
    let names = variables.compactMap { $0.split(separator: "=").first.map(String.init) }
    #expect(
      names.sorted() == [
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LANG", "PATH", "RCE_EXECUTOR_SETTING", "TMPDIR", "TZ",
      ])
    #expect(variables.contains("AWS_LAMBDA_FUNCTION_NAME=rce-executor"))
    #expect(variables.contains("AWS_LAMBDA_FUNCTION_MEMORY_SIZE=256"))
    #expect(variables.contains("LAMBDA_TASK_ROOT=/usr/bin"))
  }

  @Test("starts environments ahead of need, counts them apart, and bills their start to their first job")
  func prewarm() throws {
    let scripted = try ScriptedHost(rules(limit: 2) { $0.prewarm = 2 })
    #expect(eventually { scripted.host.snapshot.environments.filter { $0.state == "idle" }.count == 2 })
    let invocation = try scripted.invoker.invoke(request())
    #expect(!invocation.coldStart && invocation.handedAt == invocation.readyAt)
    let counters = scripted.host.snapshot.counters
    #expect(counters.started == 2 && counters.startedAhead == 2 && counters.coldStarts == 0)
    #expect(scripted.log.contains { $0.hasPrefix("REPORT") && $0.contains("\tInit Duration: ") })
  }

  @Test("stops an environment that has been idle for its time, and starts another when there is work")
  func reaping() throws {
    let scripted = try ScriptedHost(rules { $0.idleTimeout = Self.second / 10 })
    let first = try scripted.invoker.invoke(request())
    let process = try #require(scripted.processes.first)
    #expect(eventually { scripted.host.snapshot.environments.isEmpty })
    #expect(kill(process, 0) != 0)
    let second = try scripted.invoker.invoke(request())
    #expect(second.coldStart && second.environmentId != first.environmentId)
    #expect(scripted.host.snapshot.counters.reaped >= 1)
  }

  @Test("replaces an environment after its share of invocations")
  func recycling() throws {
    let scripted = try ScriptedHost(rules(limit: 1) { $0.maximumInvocations = 2 })
    let names = try (0..<5).map { _ in try scripted.invoker.invoke(request()).environmentId }
    #expect(names[0] == names[1] && names[1] != names[2] && names[2] == names[3] && names[3] != names[4])
    #expect(scripted.host.snapshot.counters.recycled >= 2)
  }

  @Test("leaves no process behind when it stops, fails what runs, and takes nothing more")
  func stopping() throws {
    let taken = Lock(false)
    let scripted = try ScriptedHost(rules(limit: 3) { $0.prewarm = 2 }) { bootstrap in
      _ = try bootstrap.next()
      taken.withLock { $0 = true }
      taken.notifyAll()
    }
    #expect(eventually { scripted.host.snapshot.environments.filter { $0.state == "idle" }.count == 2 })
    let processes = scripted.processes
    let failure = Lock<BackendError?>(nil)
    let caller = try NativeThread(named: "caller") {
      do throws(BackendError) { _ = try scripted.invoker.invoke(request()) } catch { failure.withLock { $0 = error } }
    }
    _ = taken.wait(until: .now + 10 * Self.second) { $0 ? true : nil }
    scripted.stop()
    caller.join()
    #expect(failure.withLock { $0 }?.kind == .unavailable)
    for process in processes { #expect(kill(process, 0) != 0) }
    #expect(scripted.host.snapshot.environments.isEmpty)
    let error = #expect(throws: BackendError.self) { try scripted.invoker.invoke(request()) }
    #expect(error?.kind == .unavailable)
  }

  @Test("tells its environments and totals as they are")
  func snapshot() throws {
    let scripted = try ScriptedHost(rules(limit: 4))
    _ = try scripted.invoker.invoke(request())
    _ = try scripted.invoker.invoke(request())
    #expect(eventually { scripted.host.snapshot.environments.first?.state == "idle" })
    let snapshot = scripted.host.snapshot
    #expect(snapshot.limit == 4 && snapshot.waiting == 0 && snapshot.environments.count == 1)
    let environment = try #require(snapshot.environments.first)
    #expect(environment.invocations == 2 && environment.initMs ?? 0 > 0 && environment.processID != nil)
    #expect(snapshot.totals.invocations == 2 && snapshot.totals.initialisations == 1)
    #expect(snapshot.totals.billedMilliseconds >= 2)
  }
}

/// A child of another process that has ended and has not been collected yet.
func isZombie(_ process: Int32) -> Bool {
  guard let file = try? FileDescriptor.open("/proc/\(process)/stat", O_RDONLY), let bytes = try? file.readAll() else {
    return false
  }
  return String(decoding: bytes, as: UTF8.self).contains(") Z ")
}
