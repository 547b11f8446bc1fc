import Curl

/// Sends one request of the Runtime API: the only part of it that needs a network.
public protocol RuntimeTransport {
  /// Sends a request and waits for its answer, without end where the request is for the next invocation.
  func send(_ request: RuntimeRequest) throws(RuntimeError) -> RuntimeResponse
}

/// The answer to a request of the Runtime API.
public struct RuntimeResponse: Sendable, Hashable {
  /// The HTTP status.
  public var status: Int
  /// Header values by lower-case name.
  public var headers: [String: String]
  /// The whole body.
  public var body: [UInt8]

  /// An answer.
  public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// HTTP on one connection that is kept.
public struct HTTPRuntimeTransport: RuntimeTransport {
  private let client: HTTPClient
  private let base: String

  /// A transport to the API that `AWS_LAMBDA_RUNTIME_API` names: a host and port, and a path where it has one.
  public init(runtimeAPI: String) throws(RuntimeError) {
    base = "http://\(runtimeAPI)/2018-06-01"
    do throws(CurlError) {
      client = try HTTPClient()
    } catch {
      throw RuntimeError("\(error)")
    }
  }

  /// Sends a request and waits for its answer, without end where the request is for the next invocation.
  public func send(_ request: RuntimeRequest) throws(RuntimeError) -> RuntimeResponse {
    let url = base + request.path
    do throws(CurlError) {
      let answer = try client.send(
        HTTPClientRequest(
          method: request.method, url: url, headers: request.headers.map { ($0.name, $0.value) }, body: request.body,
          timeoutMilliseconds: request == .next ? nil : 10_000))
      // The first of several headers with one name.
      let headers = Dictionary(answer.headers.map { ($0.name, $0.value) }) { first, _ in first }
      return RuntimeResponse(status: answer.status, headers: headers, body: answer.body)
    } catch {
      throw RuntimeError("\(request.method) \(url): \(error)")
    }
  }
}
