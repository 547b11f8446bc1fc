import MicroHTTP

/// The answers of the Runtime API, with the statuses and error types of the real one.
enum RuntimeAnswer {
  /// Bytes of a payload or a response that Lambda takes (6 MiB and 100 bytes).
  static let payloadLimit = 6_291_556

  static let accepted = json(202, #"{"status":"OK"}"#)
  static let invalidRequestID = failure(400, "InvalidRequestID", "Invalid request ID")
  static let tooLarge = failure(
    413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (\(payloadLimit) bytes).")
  static let invalidTransition = failure(
    403, "InvalidStateTransition", "State transition is not allowed: the environment owes an answer or has started")
  static let unknownPath = failure(404, "NotFound", "not a path of the Lambda Runtime API")
  static let unknownEnvironment = failure(403, "UnknownEnvironment", "no environment has this secret")

  static func wrongMethod(allowed: String) -> HTTPResponse {
    var response = failure(405, "MethodNotAllowed", "this path takes \(allowed)")
    response.headers.append(("Allow", allowed))
    return response
  }

  static func invocation(
    _ invocation: PendingInvocation, deadline: Int64, function: String, tenant: String?
  ) -> HTTPResponse {
    var response = HTTPResponse(
      status: 200,
      headers: [
        ("Content-Type", "application/json"), ("Lambda-Runtime-Aws-Request-Id", invocation.requestId),
        ("Lambda-Runtime-Deadline-Ms", String(deadline)),
        ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:local:000000000000:function:\(function)"),
        ("Lambda-Runtime-Trace-Id", invocation.traceId),
      ], body: invocation.work.payload)
    if let tenant { response.headers.append(("Lambda-Runtime-Aws-Tenant-Id", tenant)) }
    return response
  }

  private static func failure(_ status: Int, _ type: String, _ message: String) -> HTTPResponse {
    json(status, #"{"errorMessage":"\#(message)","errorType":"\#(type)"}"#)
  }

  private static func json(_ status: Int, _ text: String) -> HTTPResponse {
    HTTPResponse(status: status, contentType: "application/json", body: Array(text.utf8))
  }
}
