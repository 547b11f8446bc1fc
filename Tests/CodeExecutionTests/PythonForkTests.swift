import CodeExecution
import HostSystem
import Jobs
import Testing

@Suite("Python programs are copied from a started interpreter where one is kept", .timeLimit(.minutes(15)))
struct PythonForkTests {
  private static let fixture = Result { try WarmFixture(pools: [.python: 1]) }

  private func run(
    _ code: String, stdin: StandardInput = "", args: [String] = [], start: RequestedStart? = nil,
    _ change: (inout ResourceLimits) -> Void = { _ in }
  ) throws -> ExecutionResult {
    try Self.fixture.get().run(.python, code, stdin: stdin, args: args, start: start, change)
  }

  @Test("and the result says so")
  func zygote() throws {
    let result = try run("import sys; print(sys.argv[1:], input())", stdin: "in", args: ["a b", "é"])
    #expect(result.error == nil && result.result == "['a b', 'é'] in")
    #expect(result.start == .zygote && result.details.techniques == ["zygote"])
  }

  @Test("under any limits, which are the program's own")
  func limits() throws {
    let memory = try run("x = bytearray(100 << 20)") { $0.memoryMB = 64 }
    #expect(memory.start == .zygote && memory.details.errorType == .memoryLimit)
    let time = try run("while True: pass") { $0.cpuTimeMs = 200 }
    #expect(time.start == .zygote && time.details.errorType == .timeout)
    #expect(time.details.cpuTimeMs < 1_000)
    #expect(try run("print(len(bytearray(300 << 20)))") { $0.memoryMB = 512 }.error == nil)
  }

  @Test("not where a cold start is asked for")
  func cold() throws {
    let result = try run("print(1)", start: .cold)
    #expect(result.start == .cold && result.details.techniques == nil && result.result == "1")
  }

  @Test(
    "with the verdicts of a cold start",
    arguments: ["x = = 1", "1 / 0", "import sys; sys.exit(3)", "print('a' * (2 << 20))"])
  func verdicts(code: String) throws {
    let (cold, warm) = (try run(code, start: .cold), try run(code))
    #expect(warm.start == .zygote && cold.start == .cold)
    #expect(warm.error == cold.error && warm.details.errorType == cold.details.errorType)
    #expect(warm.details.stderr == cold.details.stderr && warm.details.exitCode == cold.details.exitCode)
  }

  @Test("once for each input of a list")
  func inputs() throws {
    let result = try run("print(int(input()) * 2)", stdin: .each(["1", "2", "x"]))
    #expect(result.details.runs?.map(\.start) == [.zygote, .zygote, .zygote])
    #expect(result.details.runs?.map { String(decoding: $0.stdout.bytes, as: UTF8.self) } == ["2\n", "4\n", ""])
    #expect(result.error?.hasPrefix("Input 3: Runtime error") == true)
  }
}
