import Curl
import MicroHTTP
import Testing

@Suite("The blocking client")
struct HTTPClientTests {
  @Test("asks for the head of an answer alone, on a connection that stays good")
  func head() throws {
    let server = try HTTPServer { request, exchange in
      exchange.answer(
        HTTPResponse(status: 200, headers: [("X-Method", request.method)], body: Array("twelve bytes".utf8)))
    }
    let client = try HTTPClient()
    for method in ["HEAD", "GET", "HEAD", "GET"] {
      let answer = try client.send(.init(method: method, url: "http://127.0.0.1:\(server.port)/"))
      #expect(answer.header("x-method") == method)
      #expect(answer.header("content-length") == "12")
      #expect(answer.body.count == (method == "HEAD" ? 0 : 12))
    }
    #expect(server.connections == 1)
  }

  @Test("sends a body only where there is one or the method has one", arguments: ["GET", "DELETE", "POST"])
  func body(method: String) throws {
    let server = try HTTPServer { request, exchange in
      let length = request.header("content-length") ?? "none"
      exchange.answer(HTTPResponse(status: 200, text: "\(length) \(request.body)"))
    }
    let client = try HTTPClient()
    let url = "http://127.0.0.1:\(server.port)/"
    let empty = try client.send(.init(method: method, url: url))
    #expect(String(decoding: empty.body, as: UTF8.self) == (method == "POST" ? "0 []" : "none []"))
    let full = try client.send(.init(method: method, url: url, body: [1, 2]))
    #expect(String(decoding: full.body, as: UTF8.self) == "2 [1, 2]")
  }

  @Test("names a body's type only where it is told", arguments: [nil, "text/csv"])
  func contentType(type: String?) throws {
    let server = try HTTPServer { request, exchange in
      exchange.answer(HTTPResponse(status: 200, text: request.header("content-type") ?? "none"))
    }
    let headers = type.map { [("Content-Type", $0)] } ?? []
    let answer = try HTTPClient().send(
      .init(method: "POST", url: "http://127.0.0.1:\(server.port)/", headers: headers, body: [1, 2, 3]))
    #expect(String(decoding: answer.body, as: UTF8.self) == type ?? "none")
  }
}
