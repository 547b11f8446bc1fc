import ExecutionAPI
import JobBackends
import Jobs
import Redis
import TestServices
import Testing

/// A submission that breaks rules, and the fields that are named.
struct RefusedSubmission: Sendable, CustomTestStringConvertible {
  let name: String
  let body: String
  let faults: [String: String]
  var testDescription: String { name }

  private static func refused(
    _ name: String, _ field: String, _ faults: [String: String], language: String = "cpp", code: String = "x"
  ) -> Self {
    Self(name: name, body: #"{"code": "\#(code)", "language": "\#(language)", \#(field)}"#, faults: faults)
  }

  private static func file(_ name: String, _ detail: String) -> Self {
    refused(
      "the file \(name.prefix(20))", #""files": [{"name": "\#(name)", "content": ""}]"#, ["/files/0/name": detail])
  }

  private static func option(_ option: String, language: String = "cpp") -> Self {
    refused(
      "the option \(option)", #""options": ["-Werror", "-g", "\#(option)"]"#, ["/options/2": "expected one of -"],
      language: language)
  }

  private static func list(_ element: String, _ count: Int) -> String {
    "[" + Array(repeating: element, count: count).joined(separator: ",") + "]"
  }

  static let all: [Self] = [
    refused("NUL in the code", #""args": []"#, ["/code": "got one at byte 1"], code: "x\\u0000y"),
    refused("an empty list of inputs", #""stdin": []"#, ["/stdin": "at least one"]),
    refused("101 inputs", #""stdin": \#(list("\"\"", 101))"#, ["/stdin": "at most 100 elements, got 101"]),
    refused("an input that is a number", #""stdin": ["a", 1]"#, ["/stdin/1": "expected a string, got 1"]),
    refused(
      "inputs of 5 MB", #""stdin": \#(list("\"" + String(repeating: "i", count: 50_000) + "\"", 100))"#,
      ["/stdin": "at most 4194304 bytes together"]),
    refused(
      "2 MB of arguments", #""args": \#(list("\"" + String(repeating: "a", count: 32_768) + "\"", 64))"#,
      ["/args": "at most 524288 bytes together, got 2097152"]),
    refused("files that are an object", #""files": {}"#, ["/files": "expected an array of objects"]),
    refused("a file that is a text", #""files": ["a"]"#, ["/files/0": "expected an object, got \"a\""]),
    refused(
      "a file without parts", #""files": [{}]"#, ["/files/0/name": "field is missing", "/files/0/content": "missing"]),
    refused("a file with a mode", #""files": [{"name": "a", "content": "", "mode": 7}]"#, ["/files/0/mode": "unknown"]),
    refused("65 files", #""files": \#(list("{}", 65))"#, ["/files": "at most 64 elements, got 65"]),
    refused(
      "2 MB of files", #""files": [{"name": "a", "content": "\#(String(repeating: "f", count: 2_000_000))"}]"#,
      ["/files": "at most 1048576 bytes together"]),
    file("../../etc/passwd", "expected no part \"..\""), file("a/../b", "no part \"..\""), file("./a", "no part \".\""),
    file("/etc/passwd", "relative path"), file("", "at least one character"), file("a//b", "no empty part"),
    file("a/", "no empty part"), file("a\\u0000b", "letters, digits"), file("a\\\\b", "letters, digits"),
    file("a\\nb", "letters, digits"), file("-o", "starts with -"), file("@args", "letters, digits"),
    file("main.cpp", "main.cpp holds the code"), file(String(repeating: "x", count: 4_096), "at most 1024 bytes"),
    file(String(repeating: "x", count: 256), "at most 255 bytes"),
    refused(
      "a file twice", #""files": [{"name": "a", "content": ""}, {"name": "a", "content": ""}]"#,
      ["/files/1/name": "each name once"]),
    refused(
      "a file as a directory", #""files": [{"name": "a", "content": ""}, {"name": "a/b", "content": ""}]"#,
      ["/files/1/name": "a is a file"]),
    refused(
      "the file of the class itself", #""files": [{"name": "Start.java", "content": ""}]"#,
      ["/files/0/name": "Start.java holds the code"], language: "java", code: "public class Start {}"),
    option("-fplugin=/tmp/x.so"), option("-B/tmp"), option("@file"), option("-specs=x"), option("-wrapper"),
    option("-o"), option("-I/etc"), option("-I../.."), option("-Wl,-z"), option("-include/etc/passwd"), option(""),
    option("-DX=`id`"), option("-processor", language: "java"), option("-J-Xmx9g", language: "java"),
    option("@file", language: "java"), option("-Xplugin:x", language: "java"),
    refused(
      "options for Python", #""options": ["-O"]"#, ["/options/0": "takes no compiler options"], language: "python"),
    refused("33 options", #""options": \#(list("\"-g\"", 33))"#, ["/options": "at most 32 elements, got 33"]),
    refused("an option that is a list", #""options": [["-g"]]"#, ["/options/0": "expected a string, got an array"]),
    refused(
      "limits out of Java's range", #""limits": {"memoryMB": 63, "wallTimeMs": 30001, "cpuTimeMs": 0}"#,
      [
        "/limits/memoryMB": "from 64 to 1024, got 63", "/limits/wallTimeMs": "from 1 to 30000, got 30001",
        "/limits/cpuTimeMs": "got 0",
      ], language: "java"),
    refused(
      "memory below C++'s range", #""limits": {"memoryMB": 15}"#, ["/limits/memoryMB": "from 16 to 1024, got 15"]),
    refused("another start", #""start": "warm""#, ["/start": "expected \"cold\", got \"warm\""]),
    refused("a start that is a truth", #""start": true"#, ["/start": "expected a string"]),
    refused("a tenant without a name", #""tenant": """#, ["/tenant": "1 to 128"]),
    refused("a tenant with a blank", #""tenant": "a b""#, ["/tenant": "letters, digits"]),
    refused("a long tenant", #""tenant": "\#(String(repeating: "t", count: 129))""#, ["/tenant": "1 to 128"]),
    refused(
      "much at once", #""args": "-v", "files": [{"name": "..", "content": ""}], "options": ["-o"], "start": 1"#,
      ["/args": "array", "/files/0/name": "no part", "/options/0": "expected one of", "/start": "string"]),
  ]
}

@Suite("A submission that breaks a rule", .sharedPlatform(bodyLimit: 16 << 20))
struct RefusedSubmissionTests {
  /// Everything that Redis holds, by name.
  private func keys(_ platform: TestPlatform) throws -> Set<String> {
    Set(try platform.redis.send(["KEYS", "*"]).array?.compactMap(\.text) ?? [])
  }

  @Test("is refused with each field named; queue and store are as they were", arguments: RefusedSubmission.all)
  func refused(_ refused: RefusedSubmission) throws {
    let platform = try TestPlatform.current
    let before = try keys(platform)
    let answer = try platform.send(.submit(refused.body))
    let problem = try answer.problem()
    #expect(answer.status == 400)
    #expect(problem.type == "urn:rce:problem:invalid-field")
    let faults = Dictionary((problem.errors ?? []).map { ($0.pointer ?? "?", $0.detail) }) { "\($0) & \($1)" }
    #expect(Set(faults.keys) == Set(refused.faults.keys), "\(faults)")
    for (place, part) in refused.faults { #expect(faults[place]?.contains(part) == true, "\(place): \(faults)") }
    #expect(try keys(platform) == before)
    #expect(try platform.queue.depth().waiting == 0)
  }

  @Test("with every field right is stored with all of them")
  func accepted() throws {
    let platform = try TestPlatform()
    let body = #"""
      {"code": "int main() {}", "language": "cpp", "stdin": ["1", "2\u0000"], "args": ["x"],
       "files": [{"name": "in/a.h", "content": "\u0000"}], "options": ["-O0", "-Iin", "-DX=1"],
       "limits": {"memoryMB": 16}, "start": "cold", "tenant": "course-7:a.b_c"}
      """#
    #expect(try platform.send(.submit(body)).status == 202)
    let message = try #require(try platform.queue.receive(waitMilliseconds: 1_000)).message
    #expect(message.stdin == .each(["1", "2\0"]))
    #expect(message.files == [SourceFile(name: "in/a.h", content: "\0")])
    #expect(message.options == ["-O0", "-Iin", "-DX=1"])
    #expect(message.start == .cold && message.tenant == "course-7:a.b_c")
    #expect(message.limits == ResourceLimits(memoryMB: 16))
  }

  @Test("the platform's own limits come before the language's")
  func platformLimits() throws {
    let platform = try TestPlatform { api, _ in
      api.rules.defaults.wallTimeMs = 700
      api.rules.maximum.memoryMB = 128
    }
    let refusal = try platform.send(.submit(#"{"code": "x", "language": "java", "limits": {"memoryMB": 129}}"#))
    #expect(try refusal.problem().detail == "/limits/memoryMB: expected an integer from 64 to 128, got 129")
    #expect(try platform.send(.submit(#"{"code": "x", "language": "java"}"#)).status == 202)
    let limits = try #require(try platform.queue.receive(waitMilliseconds: 1_000)).message.limits
    #expect(limits == ResourceLimits(wallTimeMs: 700, memoryMB: 128))
  }
}
