import LambdaHost
import Testing

@Suite("A path of the Runtime API")
struct RuntimeRouteTests {
  private static let base = "/environments/s3cret/2018-06-01/runtime"

  @Test(
    "names a call and the environment that makes it",
    arguments: [
      ("GET", "/invocation/next", .call(.next, token: "s3cret")),
      ("POST", "/invocation/8f5a/response", .call(.response(requestId: "8f5a"), token: "s3cret")),
      ("POST", "/invocation/8f5a/error", .call(.error(requestId: "8f5a"), token: "s3cret")),
      ("POST", "/init/error", .call(.initError, token: "s3cret")),
      ("POST", "/invocation/next", .wrongMethod(allowed: "GET")),
      ("GET", "/invocation/8f5a/response", .wrongMethod(allowed: "POST")),
      ("GET", "/invocation", .unknownPath),
      ("GET", "/invocation/next/", .unknownPath),
      ("POST", "/invocation/8f5a/answer", .unknownPath),
      ("GET", "", .unknownPath),
    ] as [(String, String, RuntimeRoute.Reading)])
  func read(method: String, path: String, reading: RuntimeRoute.Reading) {
    #expect(RuntimeRoute.read(method: method, path: Self.base + path) == reading)
  }

  @Test(
    "is nothing without its environment, its version or its start",
    arguments: [
      "/2018-06-01/runtime/invocation/next", "/environments/s/2015-01-01/runtime/invocation/next",
      "environments/s/2018-06-01/runtime/invocation/next", "/", "", "/environments//",
    ])
  func unknown(path: String) {
    #expect(RuntimeRoute.read(method: "GET", path: path) == .unknownPath)
  }
}

@Suite("A splitter of lines")
struct LineSplitterTests {
  @Test("gives whole lines, whatever pieces the bytes come in, and the rest at the end", arguments: 1...7)
  func pieces(size: Int) {
    var splitter = LineSplitter()
    var lines: [String] = []
    let bytes = Array("one\n\ntwo\r\nthr€e".utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      lines += splitter.append(bytes[start..<min(start + size, bytes.count)])
    }
    #expect(lines == ["one", "", "two"])
    #expect(splitter.finish() == "thr€e")
    #expect(splitter.finish() == nil)
  }

  @Test("cuts a line that is too long")
  func limit() {
    var splitter = LineSplitter(limit: 4)
    #expect(splitter.append("abcdefghij\nkl\n".utf8) == ["abcd", "efgh", "ij", "kl"])
  }
}
