import CodeExecution
import HostSystem
import Jobs
import Sandbox
import Testing

@Suite("One program on many inputs", .timeLimit(.minutes(15)))
struct ManyInputsTests {
  private static func run(
    _ language: Language, _ code: String, _ inputs: [String], deadline: MonotonicInstant? = nil,
    _ change: (inout ResourceLimits) -> Void = { _ in }
  ) throws -> ExecutionResult {
    var limits = ResourceLimits()
    change(&limits)
    let sandbox = try ExecutorFixture.sandbox.get()
    let executor = CodeExecutor(
      sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser))
    return executor.execute(
      ExecutionRequest(jobId: JobID(), code: code, language: language, stdin: .each(inputs), limits: limits),
      deadline: deadline)
  }

  private static let python = """
    import sys, time
    word = sys.stdin.read()
    if word == 'loop':
      while True: pass
    if word == 'sleep': time.sleep(60)
    if word == 'fail': sys.exit(3)
    open('/tmp/mark', 'x')
    print(word)
    """

  @Test("each run has its own input and its own sandbox, in order")
  func order() throws {
    let result = try Self.run(.python, Self.python, ["a", "", "c"])
    #expect(result.error == nil && result.result == "a" && result.start == .cold)
    #expect(result.details.runs?.map(\.stdout) == ["a\n", "\n", "c\n"].map { CapturedOutput(Array($0.utf8)) })
    #expect(result.details.runs?.allSatisfy { $0.exitCode == 0 && $0.error == nil && $0.cpuTimeMs > 0 } == true)
  }

  @Test("a list of one is a list")
  func one() throws {
    let result = try Self.run(.python, Self.python, ["a"])
    #expect(result.details.runs?.count == 1 && result.result == "a")
    #expect(try ExecutorFixture.run(.python, Self.python, stdin: "a").details.runs == nil)
  }

  @Test("the compiler runs once, and its product serves all")
  func compiled() throws {
    let code =
      "#include <cstdio>\nint main() { int x; std::scanf(\"%d\", &x); std::printf(\"%d\", x * 2); return x == 3; }"
    let result = try Self.run(.cpp, code, ["1", "2", "3", "4"])
    #expect(result.details.runs?.map { String(decoding: $0.stdout.bytes, as: UTF8.self) } == ["2", "4", "6", "8"])
    #expect(result.error == "Input 3: Runtime error: exit code 1")
    #expect(result.details.errorType == .runtimeError && result.result == "6" && result.details.exitCode == 1)
  }

  @Test("each run has the whole limits; the first that fails gives the job's verdict, and the others go on")
  func limits() throws {
    let result = try Self.run(.python, Self.python, ["a", "loop", "fail", "b"]) { $0.cpuTimeMs = 300 }
    #expect(result.error == "Input 2: Time limit exceeded: the program used its 300 ms of CPU time")
    #expect(result.details.errorType == .timeout)
    #expect(result.details.runs?.map(\.errorType) == [nil, .timeout, .runtimeError, nil])
    #expect(result.details.runs?[2].error == "Runtime error: exit code 3")
  }

  @Test("the deadline ends a run, and says of those behind it that no time was left")
  func deadline() throws {
    let result = try Self.run(.python, Self.python, ["a", "sleep", "b", "c"], deadline: .now + 700_000_000)
    #expect(result.details.runs?.map(\.errorType) == [nil, .timeout, .timeout, .timeout])
    #expect(result.error?.hasPrefix("Input 2: Time limit exceeded: the program ran for its ") == true)
    #expect(result.details.runs?[3].error == "Time limit exceeded: the runs before it left no time for this input")
    #expect(result.details.runs?[3].exitCode == nil && result.details.runs?[3].signal == nil)
  }

  @Test("a source with an error has no runs", arguments: [(Language.cpp, "int main() {"), (.python, "def f(:")])
  func broken(_ language: Language, _ code: String) throws {
    let result = try Self.run(language, code, ["a", "b"])
    #expect(result.details.errorType == .compileError && result.details.runs == nil)
  }

  @Test("runs take what is ready as far as it goes, and each says how it was started")
  func warm() throws {
    let fixture = try WarmFixture.shared.get()
    let result = fixture.run(
      .javascript, "console.log(require('fs').readFileSync(0, 'utf8'))", stdin: .each(["a", "b"]))
    #expect(result.details.runs?.map { String(decoding: $0.stdout.bytes, as: UTF8.self) } == ["a\n", "b\n"])
    #expect(result.details.runs?.map(\.start) == [.prewarmed, .cold] && result.start == .prewarmed)
  }
}
