import MicroHTTP

/// What Lambda's Invoke operation answers once an invocation has come to its end.
enum FunctionAnswer {
  /// The response without the log.
  ///
  /// A function that fails is a successful call: status 200, with the error as its payload (Lambda's API reference,
  /// Invoke).
  static func response(_ requestId: String, _ answer: InvocationAnswer, _ rules: PoolConfiguration) -> HTTPResponse {
    var response = body(requestId, answer, rules)
    response.headers.append(("X-Amzn-RequestId", requestId))
    return response
  }

  private static func body(
    _ requestId: String, _ answer: InvocationAnswer, _ rules: PoolConfiguration
  ) -> HTTPResponse {
    switch answer.outcome {
    case .response(let body): return success(body)
    case .functionError(_, let body): return failure(body)
    case .responseTooLarge:
      return failure(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size (\(RuntimeAnswer.payloadLimit) bytes).")
    case .failed(.throttled, _):
      var response = FunctionCall.error(429, "TooManyRequestsException", "Rate Exceeded.")
      response.headers.append(("Retry-After", "1"))
      return response
    case .failed(.shuttingDown, _):
      return FunctionCall.error(500, "ServiceException", "the host of the environments is shutting down")
    case .failed(.timedOut, _), .failed(.initTimedOut, _):
      return failure("Sandbox.Timedout", InvocationReport.timeoutLine(requestId, after: rules.invocationTimeout))
    case .failed(_, let detail):
      if let error = answer.initError { return failure(error.body) }
      return failure(
        "Runtime.ExitError", "RequestId: \(requestId) Error: Runtime exited: \(detail ?? "nothing is known")")
    }
  }

  private static func success(_ body: [UInt8]) -> HTTPResponse {
    var response = HTTPResponse(status: 200, contentType: "application/json", body: body)
    response.headers.append(("X-Amz-Executed-Version", "$LATEST"))
    return response
  }

  private static func failure(_ body: [UInt8]) -> HTTPResponse {
    var response = success(body)
    response.headers.append(("X-Amz-Function-Error", "Unhandled"))
    return response
  }

  private static func failure(_ type: String, _ message: String) -> HTTPResponse {
    failure(Array("{\"errorMessage\":\(JSONLine.text(message)),\"errorType\":\"\(type)\"}".utf8))
  }
}
