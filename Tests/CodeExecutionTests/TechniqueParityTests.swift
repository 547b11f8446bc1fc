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

  static let wholeLibrary =
    [
      "int main() { std::vector<int> v{3, 1, 2}; std::ranges::sort(v); for (int i : v) std::cout << i << ' '; }",
      "#include <iostream>\n#include <bits/stdc++.h>\nusing namespace std;\nint main() { cout << bitset<8>(5); }",
      "#define int long long\nsigned main() { int x = 1LL << 40; std::cout << x << __COUNTER__ << __LINE__; }",
      "#pragma GCC optimize(\"O3,unroll-loops\")\n#pragma GCC target(\"avx2\")\nint main() { std::puts(__FILE__); }",
      "int main() { std::sort(1, 2); missing(); }", "int main() { throw std::runtime_error(\"x\"); }",
      "int main() { std::vector<int> v; return v.at(3); }",
      "int main() { std::unordered_map<int, int> m{{1, 2}}; return m[1]; }",
      "#ifdef __OPTIMIZE__\nint main() { std::cout << __cplusplus << std::regex_match(\"ab\", std::regex(\"a.\")); }\n#endif",
      "int main() { printf(\"%s\", std::filesystem::path(\"/a/b\").filename().c_str()); std::jthread t([] {}); }",
    ].map { "#include <bits/stdc++.h>\n" + $0 }

  @Test("the precompiled header gives the same verdicts and outputs, to the letter", arguments: wholeLibrary)
  func pch(_ code: String) throws {
    let plain = try ExecutorFixture.run(.cpp, code)
    let fast = try ExecutorFixture.run(.cpp, code, speed: PreparedFixture.shared.get().settings([.pch]))
    #expect(fast.details.techniques == ["pch"])
    expectSame(plain, fast)
    #expect(plain.error == fast.error)
    #expect(plain.details.compileOutput == fast.details.compileOutput)
  }

  @Test(
    "a program that does not begin with the whole library sees nothing of it",
    arguments: [
      "int main() { std::cout << 1; }", "// #include <bits/stdc++.h>\nint main() { std::cout << 1; }",
      "#if 0\n#include <bits/stdc++.h>\n#endif\nint main() { std::cout << 1; }",
      "#include <cstdio>\nint main() { std::vector<int> v; }",
    ])
  func missingInclude(_ code: String) throws {
    let plain = try ExecutorFixture.run(.cpp, code)
    let fast = try ExecutorFixture.run(.cpp, code, speed: PreparedFixture.shared.get().settings([.pch]))
    #expect(fast.details.errorType == .compileError)
    #expect(fast.details.techniques == nil)
    #expect(plain.error == fast.error)
    #expect(plain.details.compileOutput == fast.details.compileOutput)
  }

  @Test("what another include or a definition comes before is compiled without, and works")
  func laterInclude() throws {
    for first in ["#include <cstdio>", "#define NDEBUG"] {
      let code = first + "\n#include <bits/stdc++.h>\nint main() { std::cout << 1; }"
      let result = try ExecutorFixture.run(.cpp, code, speed: PreparedFixture.shared.get().settings([.pch]))
      #expect(result.details.techniques == nil)
      #expect(result.result == "1")
    }
  }

  static let java = [
    "public class Main { public static void main(String[] a) { System.out.println(new java.util.Scanner(System.in).next()); } }",
    "class A { record P(int x) {} public static void main(String[] a) { System.out.println(new P(1)); System.exit(4); } }",
    "public class Main { public static void main(String[] a) { int x = \"s\"; missing(); } }",
    "public class Main { public static void main(String[] a) { var l = java.util.List.of(1); Runnable r = () -> l.get(3); r.run(); } }",
    "import java.util.*; public class Main { public static void main(String[] a) { List l = new ArrayList(); l.add(1); } }",
    "public class Main {",
  ]

  @Test("the archive of javac gives the same verdicts and outputs, to the letter", arguments: java)
  func cds(_ code: String) throws {
    let plain = try ExecutorFixture.run(.java, code, stdin: "input")
    let fast = try ExecutorFixture.run(
      .java, code, stdin: "input", speed: PreparedFixture.shared.get().settings([.cds]))
    #expect(fast.details.techniques == ["cds"])
    expectSame(plain, fast)
    #expect(plain.error == fast.error)
    #expect(plain.details.compileOutput == fast.details.compileOutput)
  }

  @Test("the linker gold gives the same verdicts and outputs", arguments: cpp)
  func gold(_ code: String) throws {
    let plain = try ExecutorFixture.run(.cpp, code, stdin: "input")
    let fast = try ExecutorFixture.run(.cpp, code, stdin: "input", speed: CompilerSpeedSettings(techniques: [.gold]))
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
