import CodeExecution
import HostSystem
import Jobs
import Sandbox
import Testing

@Suite("Compilers are limited, too")
struct CompilerLimitTests {
  private static func compile(
    _ code: String, _ language: Language = .cpp, deadline: MonotonicInstant? = nil,
    _ change: (inout SandboxLimits) -> Void
  ) throws -> ExecutionResult {
    var limits = CodeExecutor.defaultCompileLimits
    change(&limits)
    let sandbox = try ExecutorFixture.sandbox.get()
    let executor = CodeExecutor(
      sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser), compileLimits: limits)
    let request = ExecutionRequest(jobId: JobID(), code: code, language: language)
    return executor.execute(request, deadline: deadline)
  }

  private static let slow = """
    template <int N> struct F { static constexpr long value = F<N - 1>::value + F<N - 2>::value; };
    template <> struct F<0> { static constexpr long value = 0; }; template <> struct F<1> { static constexpr long value = 1; };
    constexpr long spin(long n) { long x = 0; for (long i = 0; i < n; i++) x += i; return x; }
    constexpr long a = spin(200000), b = spin(200001), c = spin(200002), d = spin(200003), e = spin(200004);
    int main() { return a + b + c + d + e + F<800>::value; }
    """

  @Test("a compiler that is too slow is a timeout, by either clock")
  func time() throws {
    let wall = try Self.compile(Self.slow) { $0.wall = .milliseconds(60) }
    #expect(wall.error == "Time limit exceeded: the compiler ran for its 60 ms of wall-clock time")
    #expect(wall.details.errorType == .timeout)
    let cpu = try Self.compile(Self.slow) { $0.cpu = .milliseconds(60) }
    #expect(cpu.error == "Time limit exceeded: the compiler used its 60 ms of CPU time")
  }

  @Test("a compiler that needs too much memory is a memory limit")
  func memory() throws {
    let result = try Self.compile("#include <bits/stdc++.h>\nint main() {}") { $0.memoryBytes = 32 << 20 }
    #expect(result.error == "Memory limit exceeded: the compiler needed more than 32 MiB")
  }

  @Test("a compiler that drowns in messages has found errors")
  func output() throws {
    let code = (0..<300).map { "class A\($0) extends Missing\($0) {}" }.joined(separator: "\n")
    let result = try Self.compile(code, .java) { $0.outputBytes = 500 }
    #expect(result.details.errorType == .compileError)
    #expect(result.error?.hasPrefix("Compilation error: A0.java:1: error: cannot find symbol") == true)
    #expect(result.details.truncated)
  }

  @Test("a huge array in the binary is a disk limit")
  func disk() throws {
    let result = try Self.compile("int a[1 << 28] = {1}; int main() { return a[1]; }") { _ in }
    #expect(result.details.errorType == .diskLimit || result.details.errorType == .compileError)
    #expect(result.details.exitCode == nil)
  }

  @Test("a compiler reads nothing of the host")
  func includes() throws {
    let result = try Self.compile("#include \"/etc/shadow\"\nint main() {}") { _ in }
    #expect(result.error?.contains("/etc/shadow: No such file or directory") == true)
  }

  @Test("an earlier deadline shortens the wall-clock limits")
  func deadline() throws {
    let late = try Self.compile("int main() {}", deadline: .now + -1) { _ in }
    #expect(late.details.errorType == .timeout)
    let soon = MonotonicInstant.now + 800_000_000
    let result = try Self.compile("import time; time.sleep(60)", .python, deadline: soon) { _ in }
    #expect(result.details.errorType == .timeout)
    #expect(result.details.wallTimeMs < 2_000)
  }
}
