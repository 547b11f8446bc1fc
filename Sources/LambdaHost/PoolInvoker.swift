import FoundationEssentials
import HostSystem
public import JobBackends
public import Jobs

/// Invokes the environments of a host on this machine, and bills as Lambda would.
///
/// The duration, and so `billedMs`, ends when the response arrives; Lambda counts on until the environment asks for more
/// work, which adds what the executor does after its response. The first invocation of an environment pays for its
/// initialisation, also where the environment was started ahead of need, unless it is a provisioned one. An
/// initialisation that failed is not billed; where it was repeated, the second one is part of the duration.
public struct PoolInvoker: Invoker {
  private let host: EnvironmentHost
  private var memoryMB: Int { host.configuration.launch.memoryMB }

  /// An invoker of a host's environments; any number of threads may use it at once.
  public init(_ host: EnvironmentHost) {
    self.host = host
  }

  /// Invokes an environment; a program that misbehaves is an answer, an environment that dies is an error.
  ///
  /// It waits its turn where all environments are busy, as the poller of a queue does.
  public func invoke(_ request: ExecutionRequest) throws(BackendError) -> Invocation {
    try invoke(InvocationWork(payload: try Self.encode(request), tenant: request.tenant))
  }

  /// Invokes the environment that a lease holds, or makes it hold one.
  public func invoke(_ request: ExecutionRequest, on lease: EnvironmentLease) throws(BackendError) -> Invocation {
    try invoke(InvocationWork(payload: try Self.encode(request), tenant: request.tenant, lease: lease))
  }

  /// Invokes an environment at once, or is throttled where the limit of environments or of concurrency is reached.
  public func invokeDirectly(_ request: ExecutionRequest) throws(BackendError) -> Invocation {
    try invoke(InvocationWork(payload: try Self.encode(request), tenant: request.tenant, whenFull: .fails))
  }

  /// Lets the environment of a lease serve others.
  public func end(_ lease: EnvironmentLease) { host.end(lease) }

  private func invoke(_ work: InvocationWork) throws(BackendError) -> Invocation {
    let (requestId, answer) = host.invoke(work)
    let reading = Reading(answer, host.configuration)
    guard let environment = answer.environment, let service = answer.service else { throw reading.error }
    var report = InvocationReport(
      requestId: requestId, duration: service.duration, initDuration: service.initDuration, memoryMB: memoryMB,
      maxMemoryUsedMB: 0, status: answer.status)
    report.isInitBilled = service.isInitBilled
    host.conclude(report, in: environment, programBytes: reading.result?.details.peakMemoryBytes ?? 0)
    guard let result = reading.result else { throw reading.error }
    return invocation(result, environment, service, billedMs: report.billedMilliseconds)
  }

  private static func encode(_ request: ExecutionRequest) throws(BackendError) -> [UInt8] {
    do {
      let payload = [UInt8](try JSONEncoder().encode(request))
      guard payload.count <= RuntimeAnswer.payloadLimit else {
        throw BackendError(
          .invalid,
          "the payload of job \(request.jobId) has \(payload.count) bytes, and an invocation takes "
            + "\(RuntimeAnswer.payloadLimit) at most; send a smaller program or input")
      }
      return payload
    } catch let error as BackendError {
      throw error
    } catch {
      throw BackendError(.invalid, "cannot write the payload of job \(request.jobId) as JSON: \(error)")
    }
  }

  private func invocation(
    _ result: ExecutionResult, _ environment: EnvironmentView, _ service: InvocationAnswer.Service, billedMs: Int
  ) -> Invocation {
    // One reading of both clocks for both instants, so that they are equal where the environment was warm.
    let offset = WallClock.microseconds - MonotonicInstant.now.nanoseconds / 1_000
    return Invocation(
      result: result, environmentId: environment.name, coldStart: service.assignment.coldStart,
      handedAt: service.assignment.handedAt.nanoseconds / 1_000 + offset,
      readyAt: service.assignment.readyAt.nanoseconds / 1_000 + offset, billedMs: billedMs, memoryMB: memoryMB)
  }
}

/// What an answer means: a result or an error.
private struct Reading {
  var result: ExecutionResult?
  var error: BackendError

  init(_ answer: InvocationAnswer, _ configuration: EnvironmentHostConfiguration) {
    let environment = "environment \(answer.environment?.name ?? "")"
    switch answer.outcome {
    case .response(let body):
      do {
        result = try JSONDecoder().decode(ExecutionResult.self, from: Data(body))
        error = BackendError(.invalid, "")
      } catch let reason {
        error = BackendError(
          .invalid,
          "\(environment) answered with \(body.count) bytes that are not a result: \(reason); "
            + "the executor and the host must be of one version")
      }
    case .responseTooLarge:
      error = BackendError(
        .invalid, "\(environment) answered with more than \(RuntimeAnswer.payloadLimit) bytes; lower the output limit")
    case .functionError(let type, let body):
      let said = String(decoding: body.prefix(1_000), as: UTF8.self)
      error = BackendError(.environmentFailed, "\(environment) reported \(type): \(said)")
    case .failed(let failure, let detail):
      error = Self.error(failure, environment, detail, configuration)
    }
  }

  private static func error(
    _ failure: PoolFailure, _ environment: String, _ detail: String?, _ configuration: EnvironmentHostConfiguration
  ) -> BackendError {
    let path = configuration.launch.path
    let reason = detail.map { ": \($0)" } ?? ""
    let seconds = { (nanoseconds: Int64) in Double(nanoseconds / 1_000_000) / 1_000 }
    return switch failure {
    case .initFailed:
      BackendError(.environmentFailed, "\(environment) (\(path)) did not start, as the one before it\(reason)")
    case .initTimedOut:
      BackendError(
        .environmentTimedOut,
        "\(environment) (\(path)) was the second that did not start: not ready within "
          + "\(seconds(configuration.pool.invocationTimeout)) s, and killed")
    case .exited: BackendError(.environmentFailed, "\(environment) ended while it ran the job\(reason)")
    case .timedOut:
      BackendError(
        .environmentTimedOut,
        "\(environment) did not answer within \(seconds(configuration.pool.invocationTimeout)) s and was killed")
    case .throttled:
      BackendError(
        .throttled,
        "all \(configuration.pool.maximumConcurrency ?? configuration.pool.limit) invocations that the function may have "
          + "at once are running (Lambda: TooManyRequestsException); try again, or allow more")
    case .shuttingDown: BackendError(.unavailable, "the host of the environments is shutting down")
    }
  }
}
