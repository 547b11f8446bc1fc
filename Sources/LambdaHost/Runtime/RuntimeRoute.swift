/// A call of the Lambda Runtime API (version 2018-06-01), and whose call it is.
///
/// All environments share one server. Each one's AWS_LAMBDA_RUNTIME_API ends in a secret of its own, which the bootstrap
/// repeats at the start of every path: `/environments/SECRET/2018-06-01/runtime/invocation/next`.
package enum RuntimeRoute: Sendable, Hashable {
  /// The environment is ready and wants an invocation.
  case next
  /// The answer to an invocation.
  case response(requestId: String)
  /// The function failed.
  case error(requestId: String)
  /// The environment cannot start.
  case initError

  /// What a request line asks for.
  package enum Reading: Sendable, Hashable {
    case call(RuntimeRoute, token: String)
    case unknownPath
    case wrongMethod(allowed: String)
  }

  /// Reads a request line.
  package static func read(method: String, path: String) -> Reading {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 6, parts[0].isEmpty, parts[1] == "environments", parts[3] == "2018-06-01",
      parts[4] == "runtime", let (route, allowed) = call(Array(parts[5...]))
    else { return .unknownPath }
    return method == allowed ? .call(route, token: parts[2]) : .wrongMethod(allowed: allowed)
  }

  private static func call(_ parts: [String]) -> (RuntimeRoute, method: String)? {
    switch (parts.count, parts.first, parts.last) {
    case (2, "invocation", "next"): (.next, "GET")
    case (2, "init", "error"): (.initError, "POST")
    case (3, "invocation", "response"): (.response(requestId: parts[1]), "POST")
    case (3, "invocation", "error"): (.error(requestId: parts[1]), "POST")
    default: nil
    }
  }
}
