package import MicroHTTP

/// A call of Lambda's Invoke operation (API version 2015-03-31), or why it is refused.
package enum FunctionCall: Sendable {
  /// Run the function, and tell the end of its log where that is asked for.
  case run(payload: [UInt8], tenant: String?, wantsLog: Bool)
  /// Only say whether it could be run.
  case dryRun
  /// What the service answers instead.
  case refused(HTTPResponse)

  /// Reads a request to the function of this name, which may be given as an ARN and with a qualifier.
  package init(_ request: HTTPRequest, function: String, isolatesTenants: Bool) {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 5, parts[1...2] == ["2015-03-31", "functions"], parts[4] == "invocations",
      request.method == "POST"
    else {
      self = .refused(Self.error(404, "UnknownOperationException", "here is POST \(Self.path(of: function)) only"))
      return
    }
    let tenant = request.header("x-amz-tenant-id")
    if let refusal = Self.refusal(request, parts[3], function, tenant, isolatesTenants) {
      self = .refused(refusal)
    } else if request.header("x-amz-invocation-type") == "DryRun" {
      self = .dryRun
    } else {
      self = .run(payload: request.body, tenant: tenant, wantsLog: request.header("x-amz-log-type") == "Tail")
    }
  }

  /// The path of the operation.
  package static func path(of function: String) -> String { "/2015-03-31/functions/\(function)/invocations" }

  private static func refusal(
    _ request: HTTPRequest, _ name: String, _ function: String, _ tenant: String?, _ isolatesTenants: Bool
  ) -> HTTPResponse? {
    let names = name.split(separator: ":").map(String.init)
    // NAME, NAME:QUALIFIER, or arn:aws:lambda:REGION:ACCOUNT:function:NAME and perhaps a qualifier.
    let named = names.first == "arn" ? names.dropFirst(6).first : names.first
    guard named == function else {
      return error(404, "ResourceNotFoundException", "Function not found: \(name); this is \(function)")
    }
    if request.bodyExceedsLimit {
      return error(
        413, "RequestTooLargeException", "Request must be smaller than \(RuntimeAnswer.payloadLimit) bytes")
    }
    let type = request.header("x-amz-invocation-type") ?? "RequestResponse"
    guard ["RequestResponse", "DryRun"].contains(type) else {
      return error(400, "InvalidParameterValueException", "InvocationType \(type) is not offered here")
    }
    guard isolatesTenants == (tenant != nil) else {
      return error(
        400, "InvalidParameterValueException",
        isolatesTenants ? "the function isolates tenants: send X-Amz-Tenant-Id" : "the function isolates no tenants")
    }
    return nil
  }

  /// An error of the service, as its JSON protocol has it.
  static func error(_ status: Int, _ type: String, _ message: String) -> HTTPResponse {
    let text = "{\"Type\":\"User\",\"Message\":\(JSONLine.text(message))}"
    var response = HTTPResponse(status: status, contentType: "application/json", text: text)
    response.headers.append(("X-Amzn-ErrorType", type))
    return response
  }
}
