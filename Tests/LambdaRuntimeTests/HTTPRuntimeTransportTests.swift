import HostSystem
import LambdaRuntime
import Testing

@Suite("The Runtime API over HTTP")
struct HTTPRuntimeTransportTests {
  @Test("invocations arrive and answers leave, below the path that the address has")
  func roundTrip() throws {
    let server = try RuntimeAPIServer()
    let loop = RuntimeLoop(try HTTPRuntimeTransport(runtimeAPI: server.address)) { Issue.record("\($0)") }
    server.invoke("one", "payload é", deadline: 1_700_000_000_000)
    server.invoke("two", "bad")
    var seen: [Invocation] = []
    try loop.run(while: { $0 == .taken || seen.count < 2 }) { invocation throws(FunctionError) in
      seen.append(invocation)
      guard seen.count == 1 else { throw FunctionError(type: "Some.Type", message: "some words") }
      return Array("answer ü".utf8)
    }
    try loop.failInitialization(FunctionError(type: "Init.Type", message: "init words"))
    #expect(seen.first?.payload == Array("payload é".utf8))
    #expect(seen.first?.deadline == 1_700_000_000_000)
    let response = try #require(server.post(0))
    #expect(response.path == "invocation/one/response" && response.text == "answer ü" && response.errorType == nil)
    let failure = try #require(server.post(1))
    #expect(failure.path == "invocation/two/error" && failure.errorType == "Some.Type")
    #expect(failure.text.contains("some words"))
    let start = try #require(server.post(2))
    #expect(start.path == "init/error" && start.errorType == "Init.Type")
  }

  @Test("an API that is not there is an error that names it")
  func notThere() throws {
    let loop = RuntimeLoop(try HTTPRuntimeTransport(runtimeAPI: "127.0.0.1:1")) { _ in }
    let error = #expect(throws: RuntimeError.self) {
      try loop.run(while: { _ in true }) { invocation throws(FunctionError) in invocation.payload }
    }
    #expect(error?.description.contains("http://127.0.0.1:1/2018-06-01/runtime/invocation/next") == true)
  }
}
