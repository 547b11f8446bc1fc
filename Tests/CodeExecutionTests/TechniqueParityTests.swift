import CodeExecution
import Jobs
import Testing

@Suite("Techniques change how long a compiler takes, and nothing else")
struct TechniqueParityTests {
  static let cpp = [
    "#include <iostream>\nint main() { std::string line; std::getline(std::cin, line); std::cout << line; return 3; }",
    "int main() { return missing; }",
    "#include <vector>\nint main() { std::cout << 1; }",
    "int missing(); int main() { return missing(); }",
    "#include <thread>\nint main() { std::thread t([] { throw 1; }); t.join(); }",
  ]

  @Test("the linker gold gives the same verdicts and outputs", arguments: cpp)
  func gold(_ code: String) throws {
    let plain = try ExecutorFixture.run(.cpp, code, stdin: "input")
    let fast = try ExecutorFixture.run(.cpp, code, stdin: "input", techniques: [.gold])
    #expect(fast.details.techniques == ["gold"])
    #expect(plain.details.techniques == nil)
    expectSame(plain, fast)
  }

  /// Linkers word a missing function differently, so only the kind of the error counts.
  private func expectSame(_ plain: ExecutionResult, _ fast: ExecutionResult) {
    #expect(plain.error?.prefix { $0 != ":" } == fast.error?.prefix { $0 != ":" })
    #expect(plain.details.errorType == fast.details.errorType)
    #expect(plain.details.exitCode == fast.details.exitCode)
    #expect(plain.details.signal == fast.details.signal)
    #expect(plain.details.stdout == fast.details.stdout)
    #expect(plain.details.stderr == fast.details.stderr)
  }
}
