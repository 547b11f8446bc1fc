package import AWSServices
import FoundationEssentials
import HostSystem
package import JobBackends
package import Jobs

/// Runs a payload in a function of Lambda and waits for the answer.
package struct LambdaInvoker: Invoker {
  private let function: LambdaFunction
  private let isolatesTenants: Bool
  private let deadline: Int64?

  /// - Parameters:
  ///   - isolatesTenants: every invocation names a tenant, whose environments serve nobody else.
  ///   - deadline: milliseconds since 1970 by which an answer must be there; nil is fifteen minutes from the call.
  package init(_ function: LambdaFunction, isolatesTenants: Bool = false, deadline: Int64? = nil) {
    self.function = function
    self.isolatesTenants = isolatesTenants
    self.deadline = deadline
  }

  /// Invokes the function once; a call whose answer got lost is told as an environment that timed out.
  package func invoke(_ request: ExecutionRequest) throws(BackendError) -> Invocation {
    let handedAt = WallClock.microseconds
    let left = deadline.map { Int($0 - WallClock.milliseconds) } ?? 900_000
    guard left > 0 else { throw BackendError(.unavailable, "no time is left to invoke the executor") }
    guard let payload = try? JSONEncoder().encode(request) else {
      throw BackendError(.invalid, "cannot write the request of job \(request.jobId) as JSON")
    }
    let tenant = isolatesTenants ? request.tenant ?? "\(request.jobId)" : nil
    let answer: LambdaFunction.Answer
    do throws(AWSError) {
      answer = try function.invoke([UInt8](payload), tenant: tenant, timeoutMilliseconds: left)
    } catch {
      throw Self.failure(error)
    }
    return try Self.invocation(answer, handedAt: handedAt)
  }

  private static func failure(_ error: AWSError) -> BackendError {
    switch error.kind {
    case .throttled: BackendError(.throttled, error.description)
    case .unreachable where error.code == "lost": BackendError(.environmentTimedOut, error.description)
    case .unreachable, .unavailable: BackendError(.unavailable, error.description)
    case .credentials, .denied, .missing, .rejected, .unreadable: BackendError(.invalid, error.description)
    }
  }

  private struct FunctionFailure: Decodable {
    var errorType: String?
    var errorMessage: String?
  }

  private static func invocation(_ answer: LambdaFunction.Answer, handedAt: Int64) throws(BackendError) -> Invocation {
    if answer.functionError != nil {
      let failure = try? JSONDecoder().decode(FunctionFailure.self, from: Data(answer.payload))
      let message = failure?.errorMessage ?? "no message"
      let timedOut = failure?.errorType == "Sandbox.Timedout" || message.contains("Task timed out")
      throw BackendError(
        timedOut ? .environmentTimedOut : .environmentFailed,
        "the executor failed: \(failure?.errorType ?? "unknown type"): \(message)")
    }
    guard let result = try? JSONDecoder().decode(ExecutionResult.self, from: Data(answer.payload)) else {
      throw BackendError(.invalid, "the executor answered with something that is no result")
    }
    let report = ReportLine.last(in: answer.logTail, of: answer.requestID)
    // Whether a wait came before the initialisation nobody outside can see.
    let initialised = Int64((report?.initMs ?? 0) * 1_000)
    // The service names no environment; the request's name leads to its log.
    return Invocation(
      result: result, environmentId: answer.requestID, coldStart: report?.isCold ?? false,
      handedAt: handedAt, readyAt: handedAt + initialised, billedMs: report?.billedMs ?? 0,
      memoryMB: report?.memoryMB ?? 0, isReported: report != nil)
  }
}
