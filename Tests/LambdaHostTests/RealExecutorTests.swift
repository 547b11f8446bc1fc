import Glibc
import HostSystem
import JobBackends
import Jobs
import LambdaHost
import TestServices
import Testing

@Suite("The real executor behind a host", .serialized)
struct RealExecutorTests {
  private static let endless = "while True: pass"

  private func host(_ pool: PoolConfiguration = rules()) throws -> EnvironmentHost {
    let launch = ExecutorLaunch(path: try BuiltProgram.path("rce-executor"), memoryMB: 512)
    return try EnvironmentHost(
      EnvironmentHostConfiguration(pool: pool, launch: launch), logger: .quiet, functionLog: { _ in })
  }

  private func invoke(
    _ host: EnvironmentHost, _ code: String, _ language: Language = .python, wallTimeMs: Int = 10_000
  ) throws -> Invocation {
    let limits = ResourceLimits(wallTimeMs: wallTimeMs, cpuTimeMs: wallTimeMs)
    return try PoolInvoker(host).invoke(
      ExecutionRequest(jobId: JobID(), code: code, language: language, limits: limits))
  }

  @Test(
    "runs a program of each language, its instants in order",
    arguments: [
      (Language.python, "print('hello')"), (.javascript, "console.log('hello')"),
      (.cpp, "#include <cstdio>\nint main() { puts(\"hello\"); }"),
      (.java, "class Main { public static void main(String[] a) { System.out.println(\"hello\"); } }"),
    ])
  func languages(language: Language, code: String) throws {
    let host = try host()
    let cold = try invoke(host, code, language)
    let warm = try invoke(host, code, language)
    for invocation in [cold, warm] {
      #expect(invocation.result.error == nil && invocation.result.result == "hello")
      let instants = [
        invocation.handedAt, invocation.readyAt, invocation.result.compiledAt, invocation.result.finishedAt,
      ]
      #expect(instants == instants.sorted())
      let milliseconds = Int(invocation.result.finishedAt - invocation.readyAt) / 1_000
      #expect(invocation.billedMs >= milliseconds)
    }
    #expect(cold.coldStart && !warm.coldStart && cold.environmentId == warm.environmentId)
  }

  @Test("answers before the host's time limit, so that a slow program is a result and not a dead environment")
  func deadline() throws {
    let host = try host(rules { $0.invocationTimeout = 2 * PoolConfiguration.second })
    let invocation = try invoke(host, Self.endless, wallTimeMs: 30_000)
    #expect(invocation.result.details.errorType == .timeout)
    #expect(try !invoke(host, "print(1)").coldStart)
  }

  @Test("killed in mid-job takes the whole sandbox with it")
  func killed() throws {
    let host = try host(rules(limit: 1))
    let failure = Lock<BackendError?>(nil)
    let caller = try NativeThread(named: "caller") {
      do throws(BackendError) {
        let limits = ResourceLimits(wallTimeMs: 60_000, cpuTimeMs: 60_000)
        _ = try PoolInvoker(host).invoke(
          ExecutionRequest(jobId: JobID(), code: Self.endless, language: .python, limits: limits))
      } catch {
        failure.withLock { $0 = error }
      }
    }
    let sandbox = try #require(try runningSandbox { host.snapshot.environments.first?.processID })
    let executor = try #require(host.snapshot.environments.first?.processID)
    kill(executor, SIGKILL)
    caller.join()
    #expect(failure.withLock { $0 }?.kind == .environmentFailed)
    #expect(eventually { sandbox.allSatisfy { ProcessTree.isGone($0) } })
    // The next environment also removes the control groups that the dead one could not.
    #expect(try invoke(host, "print(1)").coldStart)
  }

  @Test("leaves nothing behind when the host stops or is killed, and the job is finished by the next host")
  func hostIsKilled() throws {
    let redis = try RedisServer()
    let platform = Platform(redis.address)
    let executor = try BuiltProgram.path("rce-executor")
    let program = try HostProgram(redis.address, executor: executor)
    #expect(program.isReady(), "\(program.log)")
    let job = try platform.submit("import time; time.sleep(4); print('done')")
    let sandbox = try #require(try runningSandbox { program.children.first })
    program.process.end(by: SIGKILL)
    #expect(eventually { sandbox.allSatisfy { ProcessTree.isGone($0) } })
    let successor = try HostProgram(redis.address, executor: executor)
    let status = try #require(try platform.end(of: job, within: 30_000))
    #expect(status.status == .completed && status.result == "done" && status.timings?.attempt == 2)
    let environments = successor.children
    successor.process.signal(SIGTERM)
    #expect(successor.process.waitForEnd(within: 10_000) == .exited(0))
    #expect(environments.allSatisfy { ProcessTree.isGone($0) })
    // Every start removes the control groups of executors that were killed, which this test leaves otherwise.
    _ = try ExecutorCheck.run(ExecutorLaunch(path: executor, memoryMB: 128))
  }

  /// The executor's process and its descendants, as soon as a program runs in its sandbox.
  private func runningSandbox(_ executor: () -> Int32?) throws -> [Int32]? {
    var tree: [Int32] = []
    let isRunning = eventually(within: 20_000) {
      guard let executor = executor() else { return false }
      tree = ProcessTree.descendants(of: executor)
      guard tree.contains(where: { Self.command(of: $0).contains("python") }) else { return false }
      tree.append(executor)
      return true
    }
    return isRunning ? tree : nil
  }

  private static func command(of process: Int32) -> String {
    guard let file = try? FileDescriptor.open("/proc/\(process)/comm", O_RDONLY), let bytes = try? file.readAll() else {
      return ""
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("refuses to be used where bubblewrap is missing")
  func noBubblewrap() throws {
    let redis = try RedisServer()
    let program = try HostProgram(
      redis.address, executor: try BuiltProgram.path("rce-executor"),
      environment: ["RCE_EXECUTOR_SANDBOX=bubblewrap", "RCE_BWRAP=/nowhere/bwrap"])
    #expect(program.process.waitForEnd(within: 20_000) == .exited(2))
    #expect(program.log.contains("this machine cannot run programs"))
    #expect(program.log.contains("bubblewrap is not installed at /nowhere/bwrap"))
  }
}
