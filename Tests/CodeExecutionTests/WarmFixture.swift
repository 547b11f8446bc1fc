import CodeExecution
import Glibc
import HostSystem
import Jobs
import Sandbox
import Testing

/// An executor that keeps one of each ready, shared by the tests, which use it one after the other.
final class WarmFixture: Sendable {
  static let shared = Result { try WarmFixture(pools: [.node: 1, .java: 1, .javac: 1]) }

  let executor: CodeExecutor
  private let pools: [WarmPool: Int]
  private let turn = Lock(0)

  /// An executor of one's own.
  init(pools: [WarmPool: Int], techniques: Set<Technique> = Technique.usual) throws {
    let sandbox = try ExecutorFixture.sandbox.get()
    var settings = try PreparedFixture.shared.get().settings(techniques)
    settings.pools = pools
    settings.report = { Issue.record("\($0)") }
    self.pools = pools
    executor = CodeExecutor(
      sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser), speed: settings)
    executor.keepWarm()
  }

  /// Runs a job once everything is ready.
  func run(
    _ language: Language, _ code: String, stdin: StandardInput = "", args: [String] = [], start: RequestedStart? = nil,
    deadline: MonotonicInstant? = nil, _ change: (inout ResourceLimits) -> Void = { _ in }
  ) -> ExecutionResult {
    var limits = ResourceLimits()
    change(&limits)
    return turn.withLock { _ in
      waitUntilReady()
      return executor.execute(
        ExecutionRequest(
          jobId: JobID(), code: code, language: language, stdin: stdin, args: args, limits: limits, start: start),
        deadline: deadline)
    }
  }

  /// Waits until all pools are full.
  func waitUntilReady() {
    let deadline = MonotonicInstant.now + 60_000_000_000
    while executor.ready != pools && MonotonicInstant.now < deadline { usleep(2_000) }
    #expect(executor.ready == pools, "the pools are not filled in time")
  }
}
