import ExecutionAPI
import FoundationEssentials
import HostSystem
import MicroHTTP
import TestServices
import Testing

/// A console of three files in a folder, with a secret beside the folder.
struct ConsoleFolder {
  let parent: TemporaryDirectory
  var path: String { "\(parent.path)/dist" }

  init() throws {
    parent = try TemporaryDirectory(named: "rce-console")
    try FileManager.default.createDirectory(atPath: "\(path)/assets", withIntermediateDirectories: true)
    try write("../secret.txt", "a secret")
    try write("unlisted.txt", "not listed")
    try write("index.html", "<!doctype html><title>console</title>")
    try write("config.js", "window.consoleConfig = { apiBase: \"\" };")
    try write("assets/app-1F.js", String(repeating: "console.log(1);", count: 100))
    try write("assets/app-1F.js.gz", "packed")
    try manifest(
      [
        Self.entry("index.html", "text/html; charset=utf-8", "no-cache"),
        Self.entry("config.js", "text/javascript; charset=utf-8", "no-cache"),
        Self.entry(
          "assets/app-1F.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", gzip: true),
      ])
  }

  static func entry(_ path: String, _ type: String, _ cache: String, gzip: Bool = false) -> String {
    let packed = gzip ? #", "gzip": "\#(path).gz", "gzipBytes": 6"# : ""
    return
      #"{"path": "\#(path)", "contentType": "\#(type)", "cacheControl": "\#(cache)", "bytes": 1, "sha256": "ab12"\#(packed)}"#
  }

  func manifest(_ entries: [String], version: Int = 1, index: String = "index.html") throws {
    try write(
      "manifest.json",
      #"{"version": \#(version), "index": "\#(index)", "files": [\#(entries.joined(separator: ","))]}"#)
  }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
  }
}

@Suite("The console is served")
struct ConsoleTests {
  private let folder: ConsoleFolder
  private let platform: TestPlatform

  init() throws {
    let folder = try ConsoleFolder()
    self.folder = folder
    let console = try ConsoleFiles(directory: folder.path)
    platform = try TestPlatform { api, _ in api.console = console }
  }

  @Test(
    "at / and under its name, with a strict policy and never from a cache unasked", arguments: ["/", "/index.html"])
  func page(path: String) throws {
    let answer = try platform.send(.get(path))
    #expect(answer.status == 200)
    #expect(answer.text.contains("<title>console"))
    #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
    #expect(answer.headers["cache-control"] == "no-cache")
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    let policy = try #require(answer.headers["content-security-policy"])
    #expect(policy.hasPrefix("default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "))
    #expect(policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-eval"))
  }

  @Test("compressed to whoever takes that, and for ever where the name has a hash")
  func asset() throws {
    var ask = Ask.get("/assets/app-1F.js")
    let plain = try platform.send(ask)
    #expect(plain.headers["content-encoding"] == nil && plain.text.hasPrefix("console.log"))
    #expect(plain.headers["cache-control"] == "public, max-age=31536000, immutable")
    #expect(plain.headers["vary"] == "Accept-Encoding")
    ask.headers = [("Accept-Encoding", "br, gzip;q=0.5")]
    let packed = try platform.send(ask, .handler)
    #expect(packed.headers["content-encoding"] == "gzip" && packed.text == "packed")
    ask.headers = [("Accept-Encoding", "gzip;q=0")]
    #expect(try platform.send(ask).headers["content-encoding"] == nil)
  }

  @Test("not again to whoever has it")
  func unchanged() throws {
    var ask = Ask.get("/index.html")
    let tag = try #require(try platform.send(ask).headers["etag"])
    ask.headers = [("If-None-Match", "\"other\", \(tag)")]
    let again = try platform.send(ask)
    #expect(again.status == 304 && again.body.isEmpty)
    ask.headers = [("If-None-Match", "\"other\"")]
    #expect(try platform.send(ask).status == 200)
  }

  @Test(
    "and nothing else is",
    arguments: [
      "/../secret.txt", "/assets/../../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt",
      "/assets/..%2f..%2fsecret.txt", "/..%252fsecret.txt", "/..%5csecret.txt", "//index.html", "/./index.html",
      "/unlisted.txt", "/manifest.json", "/assets", "/assets/", "/assets/app-1F.js.gz", "/INDEX.HTML", "/index.html/",
      "/%00index.html", "/%c0%ae%c0%ae/secret.txt",
    ])
  func traversal(target: String) throws {
    let connection = try RawConnection(to: platform.server.port)
    try connection.get(target)
    let answer = try #require(connection.answer(within: 10_000))
    // A NUL ends what libmicrohttpd hands over, so that one asks for "/".
    if target == "/%00index.html" {
      #expect(answer.status == 200 || answer.status == 404)
    } else {
      #expect(answer.status == 404)
    }
    #expect(!answer.text.contains("secret") || answer.text.contains("nothing is served"))
    #expect(!answer.text.contains("not listed"))
  }

  @Test("beside the API, whose paths stay as they are")
  func besideTheAPI() throws {
    #expect(try platform.send(.get("/languages")).headers["cache-control"] == "no-store")
    #expect(try platform.send(Ask(method: "POST", target: "/index.html")).status == 405)
    #expect(try platform.send(Ask(method: "HEAD", target: "/")).body.isEmpty)
    _ = try platform.submit()
  }

  @Test("with the API's address in its configuration and in its policy")
  func address() throws {
    let console = try ConsoleFiles(directory: folder.path, apiBase: "https://api.example.org/v1", hasReports: true)
    let platform = try TestPlatform { api, _ in api.console = console }
    let configuration = try platform.send(.get("/config.js"))
    #expect(
      configuration.text == "window.consoleConfig = { apiBase: \"https://api.example.org/v1\", reports: true };\n")
    let policy = try platform.send(.get("/")).headers["content-security-policy"] ?? ""
    #expect(policy.contains("connect-src 'self' https://api.example.org;"))
  }
}

@Suite("A console cannot be served")
struct BadConsoleTests {
  @Test("from a folder without one, and the error says what to do")
  func absent() {
    #expect {
      try ConsoleFiles(directory: "/nonexistent")
    } throws: { "\($0)".contains("/nonexistent/manifest.json cannot be read") && "\($0)".contains("make console") }
  }

  @Test(
    "whose list leads out of the folder",
    arguments: ["../secret.txt", "/etc/passwd", "assets/../../secret.txt", "a//b", ""])
  func climbing(path: String) throws {
    let folder = try ConsoleFolder()
    try folder.manifest([ConsoleFolder.entry(path, "text/plain", "no-cache")])
    #expect { try ConsoleFiles(directory: folder.path) } throws: { "\($0)".contains("is not a path below the folder") }
  }

  @Test("without its index, of another version, or with another text as its list")
  func wrong() throws {
    let folder = try ConsoleFolder()
    try folder.manifest([])
    #expect { try ConsoleFiles(directory: folder.path) } throws: { "\($0)".contains("index") }
    try folder.manifest([], version: 2)
    #expect { try ConsoleFiles(directory: folder.path) } throws: { "\($0)".contains("version 2, expected 1") }
    try folder.write("manifest.json", "<html>")
    #expect { try ConsoleFiles(directory: folder.path) } throws: { "\($0)".contains("not a list") }
  }

  @Test(
    "that asks an API whose address is none",
    arguments: [
      "api.example.org", "javascript:alert(1)", "https://a.example; script-src *", "https://a\"b", "https://",
    ])
  func address(text: String) throws {
    let folder = try ConsoleFolder()
    #expect { try ConsoleFiles(directory: folder.path, apiBase: text) } throws: {
      "\($0)".contains("http:// or https://")
    }
  }

  @Test("by a program that then says so and exits with 2")
  func program() throws {
    let redis = try RedisServer()
    let usual = ["--listen", "127.0.0.1:0", "--redis", "\(redis.address)"]
    let program = try RunningProgram(usual + ["--console", "/nonexistent"])
    #expect(program.end() == .exited(2))
    #expect(program.complaint.contains("--console: /nonexistent/manifest.json cannot be read"))
    let orphan = try RunningProgram(usual + ["--console-api", "https://api.example.org"])
    #expect(orphan.end() == .exited(2))
    #expect(orphan.complaint.contains("--console-api needs --console"))
  }
}
