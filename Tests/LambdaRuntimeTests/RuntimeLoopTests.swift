import LambdaRuntime
import Testing

/// Answers requests from a list, and keeps what was asked; when the list is at its end, the API is gone.
private final class ScriptedTransport: RuntimeTransport {
  private var answers: [RuntimeResponse]
  private(set) var requests: [RuntimeRequest] = []

  init(_ answers: [RuntimeResponse]) {
    self.answers = answers
  }

  func send(_ request: RuntimeRequest) throws(RuntimeError) -> RuntimeResponse {
    requests.append(request)
    if answers.isEmpty { throw RuntimeError("gone") }
    return answers.removeFirst()
  }
}

@Suite("The loop of a bootstrap")
struct RuntimeLoopTests {
  private static func invocation(_ id: String, _ payload: String, deadline: String? = nil) -> RuntimeResponse {
    var headers = ["lambda-runtime-aws-request-id": id]
    headers["lambda-runtime-deadline-ms"] = deadline
    return RuntimeResponse(status: 200, headers: headers, body: Array(payload.utf8))
  }

  private static let accepted = RuntimeResponse(status: 202)

  @Test("answers each invocation under its own name, in order, until the API is gone")
  func order() throws {
    let transport = ScriptedTransport([
      Self.invocation("a", "1", deadline: "1700000000123"), Self.accepted, Self.invocation("b", "2"), Self.accepted,
    ])
    var seen: [Invocation] = []
    let loop = RuntimeLoop(transport) { _ in }
    #expect(throws: RuntimeError("gone")) {
      try loop.run(while: { _ in true }) { invocation throws(FunctionError) in
        seen.append(invocation)
        return invocation.payload + [33]
      }
    }
    #expect(seen.map(\.deadline) == [1_700_000_000_123, nil])
    #expect(
      transport.requests == [
        .next, .response(requestID: "a", body: Array("1!".utf8)), .next,
        .response(requestID: "b", body: Array("2!".utf8)), .next,
      ])
  }

  @Test("a failure of the function is posted, and the loop goes on")
  func failure() {
    let transport = ScriptedTransport([Self.invocation("a", "x"), Self.accepted])
    let error = FunctionError(type: "Bad.Payload", message: "not \"this\"")
    let loop = RuntimeLoop(transport) { _ in }
    #expect(throws: RuntimeError.self) {
      try loop.run(while: { _ in true }) { _ throws(FunctionError) in throw error }
    }
    #expect(transport.requests == [.next, .failure(requestID: "a", error), .next])
    #expect(transport.requests[1].path == "/runtime/invocation/a/error")
    #expect(
      transport.requests[1].headers.contains {
        $0.name == "Lambda-Runtime-Function-Error-Type" && $0.value == "Bad.Payload"
      })
    let body = String(decoding: transport.requests[1].body, as: UTF8.self)
    #expect(body.contains(#""errorType":"Bad.Payload""#) && body.contains(#""errorMessage":"not \"this\"""#))
  }

  @Test("an answer that is refused is reported, and the loop goes on", arguments: [400, 403, 500])
  func refused(status: Int) {
    let transport = ScriptedTransport([
      Self.invocation("a", "x"), RuntimeResponse(status: status), Self.invocation("b", "y"), Self.accepted,
    ])
    var lines: [String] = []
    let loop = RuntimeLoop(transport) { lines.append($0) }
    #expect(throws: RuntimeError("gone")) {
      try loop.run(while: { _ in true }) { invocation throws(FunctionError) in invocation.payload }
    }
    #expect(lines == ["the Runtime API answered \(status) to POST /runtime/invocation/a/response"])
    #expect(transport.requests.count == 5)
  }

  @Test("an answer that is too large becomes a failure, so that nobody waits for it")
  func tooLarge() {
    let transport = ScriptedTransport([Self.invocation("a", "xyz"), RuntimeResponse(status: 413), Self.accepted])
    let loop = RuntimeLoop(transport) { _ in }
    #expect(throws: RuntimeError.self) {
      try loop.run(while: { _ in true }) { invocation throws(FunctionError) in invocation.payload }
    }
    guard case .failure("a", let error) = transport.requests[2] else {
      Issue.record("no failure was posted: \(transport.requests)")
      return
    }
    #expect(error.type == "Runtime.ResponseTooLarge")
    #expect(error.message == "the answer of 3 bytes is larger than the Runtime API takes")
  }

  @Test("stops between two invocations")
  func stops() throws {
    let transport = ScriptedTransport([Self.invocation("a", "x"), Self.accepted, Self.invocation("b", "y")])
    let loop = RuntimeLoop(transport) { _ in }
    try loop.run(while: { $0 == .taken || transport.requests.isEmpty }) { invocation throws(FunctionError) in
      invocation.payload
    }
    #expect(transport.requests.count == 2)
  }

  @Test(
    "an API that does not keep to its contract is an error",
    arguments: [RuntimeResponse(status: 500), RuntimeResponse(status: 200)])
  func brokenContract(response: RuntimeResponse) {
    let loop = RuntimeLoop(ScriptedTransport([response])) { _ in }
    let error = #expect(throws: RuntimeError.self) {
      try loop.run(while: { _ in true }) { invocation throws(FunctionError) in invocation.payload }
    }
    #expect(error?.description.contains("the Runtime API") == true)
  }
}
