import CodeExecution
import Jobs
import Sandbox
import Testing

@Suite("A language that is added by data alone")
struct AddedLanguageTests {
  /// What a user would write into a file of their own.
  private static let file = """
    {"version": 1, "languages": [
      {"name": "perl", "title": "Perl", "source": "main.pl",
       "runtime": {"programs": ["perl"], "package": "perl",
                   "version": {"arguments": ["-e", "print $^V"], "after": "v"}},
       "run": ["{runtime}", "/box/{source}", "{args}"],
       "environment": {"GREETING": "from data"},
       "limits": {"wallTimeMs": {"default": 3000, "minimum": 1, "maximum": 9000},
                  "cpuTimeMs": {"default": 3000, "minimum": 1, "maximum": 9000},
                  "memoryMB": {"default": 64, "minimum": 16, "maximum": 128}}},
      {"name": "c", "title": "C", "source": "main.c", "extensions": [".c"],
       "compiler": {"programs": ["gcc"], "package": "gcc", "version": {"arguments": ["-dumpfullversion"], "after": ""}},
       "flags": ["-std=c17", "-O1"], "options": ["-DNAME[=VALUE]"],
       "compile": ["{compiler}", "{flags}", "{options}", "-o", "{product}/main", "{sources}"],
       "run": ["{product}/main", "{args}"],
       "limits": {"wallTimeMs": {"default": 3000, "minimum": 1, "maximum": 9000},
                  "cpuTimeMs": {"default": 3000, "minimum": 1, "maximum": 9000},
                  "memoryMB": {"default": 64, "minimum": 16, "maximum": 128}}}
    ]}
    """

  private let table: LanguageTable
  private let executor: CodeExecutor

  init() throws {
    table = try LanguageTable.embedded.adding(Array(Self.file.utf8), from: "more.json")
    let sandbox = try ExecutorFixture.sandbox.get()
    executor = CodeExecutor(
      sandbox: sandbox,
      toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser, languages: table))
  }

  private func execute(
    _ name: String, _ code: String, args: [String] = [], files: [SourceFile]? = nil, options: [String]? = nil
  ) throws -> ExecutionResult {
    let language = try #require(table[name]).language
    return executor.execute(
      ExecutionRequest(
        jobId: JobID(), code: code, language: language, stdin: "input\n", args: args, files: files, options: options))
  }

  @Test("runs a program of an interpreted language to its end, with input, arguments, files and environment")
  func interpreted() throws {
    let code = """
      open my $f, '<', 'data/a.txt' or die; my $line = <STDIN>; chomp $line;
      print join('|', $line, @ARGV, <$f>, $ENV{GREETING}), "\\n";
      """
    let result = try execute("perl", code, args: ["x y"], files: [SourceFile(name: "data/a.txt", content: "datum")])
    #expect(result.error == nil)
    #expect(result.result == "input|x y|datum|from data")
  }

  @Test("tells how a program of it failed")
  func failed() throws {
    let result = try execute("perl", "die 'no more'")
    #expect(result.details.errorType == .runtimeError)
    #expect(result.error == "Runtime error: no more at /box/main.pl line 1. (exit code 255)")
  }

  @Test("compiles and runs a program of a compiled language, with options and further sources")
  func compiled() throws {
    let other = SourceFile(name: "src/other.c", content: "int other(void) { return ANSWER; }")
    let code = "#include <stdio.h>\nint other(void); int main(void) { printf(\"%d\\n\", other()); }"
    let result = try execute("c", code, files: [other], options: ["-DANSWER=42"])
    #expect(result.error == nil)
    #expect(result.result == "42")
    let broken = try execute("c", "int main(void) { return missing; }")
    #expect(broken.details.errorType == .compileError)
    #expect(broken.error?.contains("missing") == true)
  }

  @Test("leaves the other languages as they are, and a table without it knows nothing of it")
  func others() throws {
    #expect(table.languages.map(\.name) == ["cpp", "java", "python", "javascript", "perl", "c"])
    #expect(try execute("python", "print(1)").result == "1")
    let perl = try #require(table["perl"]).language
    let plain = CodeExecutor(
      sandbox: try ExecutorFixture.sandbox.get(), toolchains: .ofHost(searchPath: "", readableBy: nil))
    let refused = plain.execute(ExecutionRequest(jobId: JobID(), code: "1", language: perl))
    #expect(refused.details.errorType == .internalError)
    #expect(refused.error?.contains("/language: perl is not among the languages") == true)
  }
}
