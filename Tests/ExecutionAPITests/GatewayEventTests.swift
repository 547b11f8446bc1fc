import ExecutionAPI
import FoundationEssentials
import MicroHTTP
import Testing

/// The events of API Gateway's documentation, cut down to what it says that is always there.
@Suite struct GatewayEventTests {
  private func event(_ text: String, limit: Int = 1_000) throws -> GatewayEvent {
    try #require(GatewayEvent(Array(text.utf8), bodyLimit: limit))
  }

  @Test func `a proxy event of a REST API is read`() throws {
    let event = try event(
      """
      {"resource":"/job-status/{jobId}","path":"/job-status/7","httpMethod":"GET",
       "headers":{"Accept":"b"},"multiValueHeaders":{"Accept":["a","b"]},
       "queryStringParameters":{"wait":"1"},"multiValueQueryStringParameters":{"wait":["2","1"]},
       "pathParameters":{"jobId":"7"},"stageVariables":null,"requestContext":{"stage":"live","path":"/live/job-status/7"},
       "body":null,"isBase64Encoded":false}
      """)
    #expect(event.format == .rest && event.request.method == "GET" && event.request.path == "/job-status/7")
    #expect(event.request.headers.map(\.value) == ["a", "b"] && event.request.parameter("wait") == "2")
  }

  @Test func `an event of an HTTP API is read, its body from base64`() throws {
    let event = try event(
      """
      {"version":"2.0","routeKey":"POST /execute","rawPath":"/execute","rawQueryString":"a=b%20c&d=+&e",
       "headers":{"content-type":"application/json","x-two":"1,2"},
       "requestContext":{"http":{"method":"POST","path":"/execute","protocol":"HTTP/1.1"},"stage":"$default"},
       "body":"eyJhIjoxfQ==","isBase64Encoded":true}
      """)
    #expect(event.format == .http && event.request.method == "POST" && event.request.path == "/execute")
    #expect(event.request.query.map(\.value) == ["b c", " ", ""])
    #expect(String(decoding: event.request.body, as: UTF8.self) == #"{"a":1}"#)
    #expect(event.request.header("content-type") == "application/json")
  }

  @Test(arguments: [
    "{}", "[]", "no JSON", #"{"Records":[]}"#, #"{"requestContext":{}}"#,
    #"{"requestContext":{"http":{"method":"POST","path":"/"}},"body":"%%%","isBase64Encoded":true}"#,
  ])
  func `what is no event is not read`(_ text: String) {
    #expect(GatewayEvent(Array(text.utf8), bodyLimit: 1_000) == nil)
  }

  @Test func `a body over the limit is left out`() throws {
    let text = #"{"requestContext":{},"httpMethod":"POST","path":"/execute","body":"12345"}"#
    let request = try event(text, limit: 4).request
    #expect(request.bodyExceedsLimit && request.body.isEmpty)
  }

  @Test func `answers keep headers of one name apart or join them`() throws {
    let response = HTTPResponse(
      status: 202, headers: [(name: "Vary", value: "Origin"), (name: "Vary", value: "Accept")], body: Array("ü".utf8))
    let rest = String(decoding: GatewayAnswer(response, to: .rest).json, as: UTF8.self)
    #expect(
      rest == #"{"body":"ü","isBase64Encoded":false,"multiValueHeaders":{"Vary":["Origin","Accept"]},"statusCode":202}"#
    )
    let http = String(decoding: GatewayAnswer(response, to: .http).json, as: UTF8.self)
    #expect(http == #"{"body":"ü","headers":{"Vary":"Origin, Accept"},"isBase64Encoded":false,"statusCode":202}"#)
  }

  @Test func `bytes that are no text are answered as base64`() {
    let json = GatewayAnswer(HTTPResponse(status: 200, body: [0xff, 0xfe]), to: .rest).json
    #expect(String(decoding: json, as: UTF8.self).contains(#""body":"//4=","isBase64Encoded":true"#))
  }
}
