import FoundationEssentials
import Glibc
import HostSystem
import TestServices
import Testing

@Suite("rce-executor and the table of languages")
struct ExecutorLanguageTests {
  private static let environment = ["PATH=/usr/bin:/bin"]

  private static let perl = """
    {"version": 1, "languages": [{"name": "perl", "title": "Perl", "source": "main.pl",
     "runtime": {"programs": ["perl"], "package": "perl", "version": {"arguments": ["-e", "print $^V"], "after": "v"}},
     "run": ["{runtime}", "/box/{source}", "{args}"],
     "limits": {"wallTimeMs": {"default": 3000, "minimum": 1, "maximum": 9000},
                "cpuTimeMs": {"default": 3000, "minimum": 1, "maximum": 9000},
                "memoryMB": {"default": 64, "minimum": 16, "maximum": 128}}}]}
    """

  private static func request(_ language: String, _ code: String, _ more: String = "") -> [UInt8] {
    Array(
      """
      {"jobId": "3d8e6b1c-7c0f-4f0a-9f1e-2b7f5a0c9d11", "code": "\(code)", "language": "\(language)", "stdin": "",
       "args": ["a", "b"]\(more), "limits": {"wallTimeMs": 9000, "cpuTimeMs": 9000, "memoryMB": 128,
       "outputBytes": 65536, "processes": 64, "fileBytes": 1048576}}
      """.utf8)
  }

  /// A file that is removed when its owner goes.
  private final class File {
    let path: String

    init(_ text: String) throws {
      var template = Array("/tmp/rce-languages-XXXXXX".utf8CString)
      let file = FileDescriptor(owning: mkstemp(&template))
      path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      try Array(text.utf8).withUnsafeBytes { try file.writeAll($0) }
    }

    deinit { unlink(path) }
  }

  @Test("a language that RCE_LANGUAGES adds is checked, versioned and run; without it, it is unknown")
  func added() throws {
    let file = try File(Self.perl)
    let environment = Self.environment + ["RCE_LANGUAGES=\(file.path)"]
    let input = Self.request("perl", "print join('+', @ARGV), qq(\\\\n);")
    let run = try ExecutorProcess(["--once"], environment: environment, input: input).finish()
    #expect(run.end == .exited(0), "\(run.errors)")
    #expect(run.output.contains(#""stdout" : "a+b\n""#), "\(run.output)")
    let check = try ExecutorProcess(["--check"], environment: environment).finish()
    struct Check: Decodable {
      struct Language: Decodable { var runtimeVersion: String? }
      var languages: [String: Language]
    }
    let languages = try JSONDecoder().decode(Check.self, from: Data(check.output.utf8)).languages
    #expect(languages["perl"]?.runtimeVersion?.hasPrefix("5.") == true)
    #expect(languages["python"]?.runtimeVersion?.hasPrefix("3.") == true)
    let unknown = try ExecutorProcess(["--once"], environment: Self.environment, input: input).finish()
    #expect(unknown.end == .exited(2))
  }

  @Test("a file that cannot be used is said to be so, and nothing is run", arguments: ["--once", "--check"])
  func unusable(_ argument: String) throws {
    let file = try File(Self.perl.replacing("\"run\"", with: "\"rum\""))
    let process = try ExecutorProcess(
      [argument], environment: Self.environment + ["RCE_LANGUAGES=\(file.path)"],
      input: Self.request("python", "print(1)"))
    let result = try process.finish()
    #expect(result.end == .exited(argument == "--once" ? 2 : 1))
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("\(file.path): /languages/0 needs the key \"run\""), "\(result.errors)")
  }

  @Test(
    "--once refuses a request that breaks a rule with exit code 2 and the field",
    arguments: [
      (#", "options": ["-Wall", "-fplugin=x"]"#, "/options/1"),
      (#", "files": [{"name": "../x", "content": ""}]"#, "/files/0/name"),
      (#", "files": [{"name": "main.cpp", "content": ""}]"#, "/files/0/name"),
    ])
  func refused(_ field: String, _ pointer: String) throws {
    let process = try ExecutorProcess(
      ["--once"], environment: Self.environment, input: Self.request("cpp", "int main() {}", field))
    let result = try process.finish()
    #expect(result.end == .exited(2))
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("the request is refused: \(pointer): "), "\(result.errors)")
  }

  @Test("a compiler that is missing is named with its language and its package, and nothing is started")
  func missingCompiler() throws {
    let file = try File(
      Self.perl.replacing("\"programs\": [\"perl\"]", with: "\"programs\": [\"no-such-perl\"]"))
    let process = try ExecutorProcess(
      ["--once"], environment: Self.environment + ["RCE_LANGUAGES=\(file.path)"],
      input: Self.request("perl", "print 1"))
    let result = try process.finish()
    #expect(result.output.contains("Internal error: Perl: no-such-perl is not installed: apt-get install perl"))
    #expect(result.output.contains(#""wallTimeMs" : 0"#))
  }
}
