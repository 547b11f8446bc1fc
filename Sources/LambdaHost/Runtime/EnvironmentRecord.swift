import HostSystem
import MicroHTTP

/// What the host knows of an environment beside what the pool knows.
struct EnvironmentRecord: Sendable {
  /// The name in logs and results.
  let name: String
  /// The secret in the path of its Runtime API.
  let token: String
  /// How it came to be.
  let type: InitializationType
  /// The invocation within which it was started, because another environment did not start; its request id.
  var repeatedIn: String?
  /// When its process was started.
  var startedAt: MonotonicInstant?
  var processID: Int32?
  /// Nanoseconds from its start to its first request for work; nil until then.
  var initDuration: Int64?
  /// The type of the error that it reported instead of becoming ready.
  var initError: String?
  /// What it said with that error.
  var initErrorBody: [UInt8] = []
  /// It was killed before it was ready.
  var initTimedOut = false
  /// Its request for work, which waits for an invocation.
  var parked: HTTPExchange?
  /// What it works on, and since when.
  var current: PendingInvocation?
  var assignment: Assignment?
  /// Invocations handed to it.
  var invocations = 0
  /// Memory of the largest program so far, as its results tell.
  var largestProgramBytes = 0
  /// The last reading of the executor's own high-water mark.
  var executorBytes = 0

  init(name: String, token: String, type: InitializationType) {
    self.name = name
    self.token = token
    self.type = type
  }
}
