import Curl
import FoundationEssentials

/// One function of Lambda, invoked and waited for.
package struct LambdaFunction: Sendable {
  private let client: AWSClient
  private let endpoint: AWSEndpoint
  private let name: String

  /// A function by its name or ARN, with a version or alias where wanted.
  package init(_ client: AWSClient, _ endpoint: AWSEndpoint, name: String) {
    self.client = client
    self.endpoint = endpoint
    self.name = name
  }

  /// What came of an invocation.
  package struct Answer: Sendable {
    /// What the function returned, or its error.
    package var payload: [UInt8]
    /// `Handled` or `Unhandled` where the payload is an error.
    package var functionError: String?
    /// The last 4 KB of the invocation's log.
    package var logTail: String
    /// The service's name for the invocation.
    package var requestID: String
  }

  /// Invokes the function and waits for its answer; a call whose answer got lost is not repeated.
  package func invoke(
    _ payload: [UInt8], tenant: String? = nil, timeoutMilliseconds: Int
  ) throws(AWSError) -> Answer {
    var headers: [(name: String, value: String)] = [
      (name: "content-type", value: "application/json"), (name: "x-amz-invocation-type", value: "RequestResponse"),
      (name: "x-amz-log-type", value: "Tail"),
    ]
    if let tenant { headers.append((name: "x-amz-tenant-id", value: tenant)) }
    let request = AWSRequest(path: "/2015-03-31/functions/\(name)/invocations", headers: headers, body: payload)
    let answer = try client.send(
      request, to: endpoint, "invoke the executor", timeoutMilliseconds: timeoutMilliseconds, repeatsLost: false)
    let tail = answer.header("x-amz-log-result").flatMap { Data(base64Encoded: $0) } ?? Data()
    return Answer(
      payload: answer.body, functionError: answer.header("x-amz-function-error"),
      logTail: String(decoding: tail, as: UTF8.self), requestID: answer.header("x-amzn-requestid") ?? "")
  }
}
