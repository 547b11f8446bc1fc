import CodeExecution
import FoundationEssentials
import HostSystem
import Jobs
import LambdaRuntime
import Sandbox

/// Works for the Runtime API until it is stopped.
struct Service {
  private let loop: RuntimeLoop<HTTPRuntimeTransport>

  /// Time for the answer to travel and for what is not the program's own run.
  private static let reserve: Int64 = 500

  init(runtimeAPI: String) throws(RuntimeError) {
    loop = RuntimeLoop(try HTTPRuntimeTransport(runtimeAPI: runtimeAPI), report: Console.report)
  }

  /// Never returns while there is work; throws when the API is gone.
  func run(_ stop: StopSignal) throws {
    let setup: ExecutorSetup
    do {
      setup = try ExecutorSetup(makesInBackground: true)
    } catch {
      let type = error is SandboxError ? "Executor.Sandbox" : "Executor.Configuration"
      try? loop.failInitialization(FunctionError(type: type, message: "\(error)"))
      throw error
    }
    let executor = setup.executor
    stop.beforeExit { executor.stopKeepingWarm() }
    defer { executor.stopKeepingWarm() }
    // Not before the executor is known to be ready: filling the pools takes processor time.
    let mayGoOn = { (moment: RuntimeLoop<HTTPRuntimeTransport>.Moment) in
      guard setup.sandbox.environmentProblem == nil else { return false }
      executor.keepWarm()
      return stop.allows(moment)
    }
    try loop.run(while: mayGoOn) { invocation throws(FunctionError) in
      try Self.execute(invocation, executor)
    }
    if let problem = setup.sandbox.environmentProblem {
      throw SandboxError(.cleanup, "nothing more is run here: \(problem)")
    }
  }

  private static func execute(
    _ invocation: Invocation, _ executor: CodeExecutor
  ) throws(FunctionError) -> [UInt8] {
    do {
      let request = try JSONDecoder().decode(ExecutionRequest.self, from: Data(invocation.payload))
      let result = executor.execute(request, deadline: invocation.deadline.map(instant))
      return [UInt8](try JSONEncoder().encode(result))
    } catch {
      throw FunctionError(type: "Executor.BadPayload", message: "the payload is not an execution request: \(error)")
    }
  }

  /// The monotonic instant of a deadline that was given by the wall clock.
  private static func instant(_ deadline: Int64) -> MonotonicInstant {
    .now + (deadline - reserve - WallClock.milliseconds) * 1_000_000
  }
}
