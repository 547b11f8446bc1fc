import HostSystem
import Jobs

/// An invocation between its caller, who waits, and the environment that serves it.
final class PendingInvocation: Sendable {
  let id: InvocationID
  /// Lambda's name for the invocation; a job that is tried twice has two.
  let requestId: String
  let work: InvocationWork
  let traceId: String
  private let answer = Lock<InvocationAnswer?>(nil)

  init(id: InvocationID, work: InvocationWork) {
    self.id = id
    self.work = work
    requestId = JobID().description
    traceId = Self.newTraceId()
  }

  /// Wakes the caller.
  func complete(_ result: InvocationAnswer) {
    answer.withLock { $0 = result }
    answer.notifyAll()
    work.whenDone?(requestId, result)
  }

  /// Waits for the answer, which the pool's time limits guarantee.
  func wait() -> InvocationAnswer {
    while true {
      if let result = answer.wait({ $0 }) { return result }
    }
  }

  /// A trace in X-Ray's form that is not sampled, as Lambda sends where tracing is off.
  private static func newTraceId() -> String {
    let seconds = hexadecimal(UInt64(WallClock.microseconds / 1_000_000)).suffix(8)
    let root = hexadecimal(.random(in: .min ... .max)) + hexadecimal(.random(in: .min ... .max)).suffix(8)
    return "Root=1-\(seconds)-\(root);Parent=\(hexadecimal(.random(in: .min ... .max)));Sampled=0"
  }
}

/// Sixteen hexadecimal digits.
func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
