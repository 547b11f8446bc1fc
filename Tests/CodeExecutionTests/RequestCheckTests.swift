import CodeExecution
import Jobs
import Sandbox
import Testing

/// A request that breaks one rule, and the field that is named.
struct BadExecutionRequest: Sendable, CustomTestStringConvertible {
  let name: String
  let request: ExecutionRequest
  let pointer: String
  let detail: String
  var testDescription: String { name }

  private static func bad(
    _ name: String, _ pointer: String, _ detail: String = "", _ language: Language = .cpp,
    _ change: (inout ExecutionRequest) -> Void
  ) -> Self {
    var request = ExecutionRequest(jobId: JobID(), code: "int main() {}", language: language)
    change(&request)
    return Self(name: name, request: request, pointer: pointer, detail: detail)
  }

  private static func file(_ name: String, _ detail: String = "") -> Self {
    bad("file \(name.prefix(20))", "/files/0/name", detail) { $0.files = [SourceFile(name: name, content: "")] }
  }

  private static func option(_ option: String, _ language: Language = .cpp) -> Self {
    bad("option \(option)", "/options/1", "expected one of", language) {
      $0.options = [language == .java ? "-g" : "-Wall", option]
    }
  }

  static let all: [Self] = [
    bad("NUL in code", "/code", "got one at byte 3") { $0.code = "int\0main" },
    bad("10 MB of code", "/code", "at most 4194304 bytes") { $0.code = String(repeating: "x", count: 10 << 20) },
    bad("a class name longer than a file's", "/code", "name of the class", .java) {
      $0.code = "public class \(String(repeating: "A", count: 300)) {}"
    },
    bad("2 MB of arguments", "/args", "at most 524288 bytes together") {
      $0.args = Array(repeating: String(repeating: "a", count: 32 << 10), count: 64)
    },
    bad("NUL in an argument", "/args/1", "NUL") { $0.args = ["a", "b\0"] },
    bad("65 arguments", "/args", "at most 64") { $0.args = Array(repeating: "", count: 65) },
    bad("no input in a list", "/stdin") { $0.stdin = .each([]) },
    bad("101 inputs", "/stdin", "at most 100") { $0.stdin = .each(Array(repeating: "", count: 101)) },
    file("../escape", "part \"..\""), file("/etc/passwd", "relative"), file("a//b", "empty part"), file(""),
    file("a/./b"), file("a/"), file("a\0b"), file("ä.txt"), file("-o.cpp", "starts with -"), file("@file"),
    file("main.cpp", "holds the code"), file(String(repeating: "a", count: 256), "at most 255 bytes"),
    file(String(repeating: "a/", count: 2_048) + "b", "at most 1024 bytes"), file("a b"), file("a\nb"),
    bad("a name twice", "/files/1/name", "once") {
      $0.files = [SourceFile(name: "a", content: ""), SourceFile(name: "a", content: "")]
    },
    bad("a directory that is a file", "/files/1/name", "a is a file") {
      $0.files = [SourceFile(name: "a", content: ""), SourceFile(name: "a/b", content: "")]
    },
    bad("a file that is a directory", "/files/1/name", "directory of this name") {
      $0.files = [SourceFile(name: "a/b", content: ""), SourceFile(name: "a", content: "")]
    },
    bad("the name of the class's own file", "/files/0/name", "Start.java holds the code", .java) {
      $0.code = "public class Start {}"
      $0.files = [SourceFile(name: "Start.java", content: "")]
    },
    bad("65 files", "/files", "at most 64") {
      $0.files = (0..<65).map { SourceFile(name: "f\($0)", content: "") }
    },
    bad("2 MB of files", "/files", "bytes together") {
      $0.files = [SourceFile(name: "f", content: String(repeating: "x", count: 2 << 20))]
    },
    option("-fplugin=/tmp/x.so"), option("-B/tmp"), option("@file"), option("-specs=x"), option("-wrapper"),
    option("-o"), option("-o/x"), option("-I/etc"), option("-I../x"), option("-I"), option("-I-"), option("-include"),
    option("-DX=$(id)"), option("-D1X"), option("-DX=\"a b\""), option("-Wl,-rpath"), option("-xassembler"),
    option("-O4"), option("-O2 -fplugin"), option("main.cpp"), option(""), option("-Wall\0"),
    option("-processor", .java), option("-J-Xmx4g", .java), option("-d", .java), option("-Xplugin:x", .java),
    option("-cp", .java), option("-Xlint:../x", .java),
    bad("options for Python", "/options/0", "takes no compiler options", .python) { $0.options = ["-O"] },
    bad("33 options", "/options", "at most 32") { $0.options = Array(repeating: "-Wall", count: 33) },
    bad("a wall-clock limit of 0", "/limits/wallTimeMs", "got 0") { $0.limits.wallTimeMs = 0 },
    bad("a negative CPU limit", "/limits/cpuTimeMs") { $0.limits.cpuTimeMs = -1 },
    bad("memory that would overflow", "/limits/memoryMB") { $0.limits.memoryMB = .max },
    bad("no process", "/limits/processes") { $0.limits.processes = 0 },
    bad("negative output", "/limits/outputBytes") { $0.limits.outputBytes = -1 },
    bad("negative files", "/limits/fileBytes") { $0.limits.fileBytes = .min },
  ]
}

@Suite("The executor's own check of a request")
struct RequestCheckTests {
  @Test("names the field that breaks a rule, and says what is allowed", arguments: BadExecutionRequest.all)
  func faults(_ bad: BadExecutionRequest) throws {
    let faults = RequestCheck().faults(bad.request)
    #expect(faults.map(\.pointer) == [bad.pointer], "\(faults)")
    #expect(faults.first?.detail.contains(bad.detail) == true, "\(faults)")
  }

  @Test("lets through what keeps the rules, to their edges")
  func right() {
    var request = ExecutionRequest(
      jobId: JobID(), code: "int main() {}", language: .cpp, stdin: .each(["", "a\0b"]), args: ["", "-x"],
      files: [
        SourceFile(name: "a/b.cpp", content: "\0"), SourceFile(name: "a/c..d/.e", content: ""),
        SourceFile(name: String(repeating: "a", count: 255), content: ""),
      ],
      options: ["-O3", "-std=c++23", "-DX", "-DX_1=a+b-c.d_e", "-DX=", "-UX", "-I.", "-Ia/b", "-Wall", "-g"])
    request.args.append(String(repeating: "a", count: 64 << 10))
    #expect(RequestCheck().faults(request).isEmpty)
    request.code = String(repeating: "x", count: 4 << 20)
    #expect(RequestCheck().faults(request).isEmpty)
    // Not the executor's to judge: some languages have programs without text.
    request.code = ""
    #expect(RequestCheck().faults(request).isEmpty)
  }

  @Test("comes before anything is started: neither sandbox nor compiler has run")
  func nothingStarted() throws {
    let sandbox = try ExecutorFixture.sandbox.get()
    // A directory that does not exist: making the compiler's product would fail in another way.
    let executor = CodeExecutor(
      sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser),
      temporaryDirectory: "/nowhere")
    let result = executor.execute(
      ExecutionRequest(jobId: JobID(), code: "int main() {}", language: .cpp, options: ["-fplugin=x"]))
    #expect(result.details.errorType == .internalError)
    #expect(result.error?.hasPrefix("Internal error: the request was refused: /options/0: expected one of") == true)
    #expect(result.details.wallTimeMs == 0)
  }
}
