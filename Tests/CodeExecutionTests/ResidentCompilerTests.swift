import CodeExecution
import Glibc
import HostSystem
import Jobs
import Testing

@Suite("A javac that stays does what one of the job's own would have done", .timeLimit(.minutes(15)))
struct ResidentCompilerTests {
  static let broken = [
    "public class Main {", "class", "public class Main { void f() { int x = \"s\"; missing(); } }",
    "public class Main { public static void main(String[] a) { int x; System.out.println(x); } }",
    "import java.util.*; public class Main { List l = new ArrayList(); { l.add(1); } int x = missing; }",
    "public class Main { public static void main(String[] a) { " + String(repeating: "x(); ", count: 40) + "} }",
    "class A {} class A {}", "public class A {} public class B {}", "class A extends Missing {}",
    "class A extends A {}", "import missing.Thing; class A {}", "package p; class A { B b; }",
    "class A { void f() { throw new Exception(); } }", "class A { int f() { } }", "class A { final int x; }",
    "class A { void f() { for (;;) {} int y; } }", "class A { String s = \"\\q\"; }",
    "class Ä { String s = \"é\"; int i = s; }", "sealed interface I permits B {} class B {}",
    "class A { int f(Object o) { return switch (o) { case 1 -> 2; }; } }", "@Override class A {}",
    "class A { @Deprecated void f() {} } class B { void g() { new A().f(); int x = (int) 1L + \"\"; } }",
  ]

  static let good = [
    "public class Main { public static void main(String[] a) { System.out.println(\"ok\"); } }",
    "import java.util.*; public class Main { public static void main(String[] a) { List l = new ArrayList(); l.add(1); } }",
    "public class Main { record P(int x) {} enum E { A, B } public static void main(String[] a) { Runnable r = () -> System.out.println(new P(E.values().length)); r.run(); } static class N { class I {} } }",
    "package p.q; public class Main { public static void main(String[] a) { Object o = new Object() {}; System.out.println(o.getClass().getName()); } }",
    "class Übung { public static void main(String[] a) { System.out.println(\"é\" + Übung.class.getName()); } }",
    "public class Main { public static void main(String[] a) { System.out.println(new java.util.Date(0).getYear()); } }",
  ]

  @Test("broken sources get the same messages, to the letter", arguments: broken)
  func messages(_ code: String) throws {
    let fixture = try WarmFixture.shared.get()
    let cold = fixture.run(.java, code, start: .cold)
    let warm = fixture.run(.java, code)
    #expect(cold.details.errorType == .compileError)
    #expect(warm.details.techniques == ["resident"] && cold.details.techniques != ["resident"])
    #expect(cold.error == warm.error)
    #expect(text(cold.details.compileOutput) == text(warm.details.compileOutput))
    #expect(cold.details.errorType == warm.details.errorType && cold.details.exitCode == warm.details.exitCode)
  }

  private func text(_ output: CapturedOutput?) -> String? { output.map { String(decoding: $0.bytes, as: UTF8.self) } }

  /// Prints digests of every class file that the program consists of.
  private static let digests = """
    ; try (var s = java.nio.file.Files.walk(java.nio.file.Path.of("/program"))) { for (var p : (Iterable<java.nio.file.Path>) s.filter(java.nio.file.Files::isRegularFile).sorted()::iterator) System.out.println(p + " " + new java.math.BigInteger(1, java.security.MessageDigest.getInstance("SHA-256").digest(java.nio.file.Files.readAllBytes(p))).toString(16)); } catch (Exception e) { throw new RuntimeException(e); }
    """

  @Test("good sources get the same class files, to the byte, and the same remarks", arguments: good)
  func classes(_ code: String) throws {
    let fixture = try WarmFixture.shared.get()
    let code = code.replacingOnce("String[] a) {", with: "String[] a) { \(Self.digests)")
    let (cold, warm) = (fixture.run(.java, code, start: .cold), fixture.run(.java, code))
    #expect(cold.error == nil && warm.details.techniques == ["resident", "prewarm"])
    #expect(cold.result == warm.result && cold.result.contains(".class "))
    #expect(text(cold.details.compileOutput) == text(warm.details.compileOutput))
  }

  @Test("two sources of one name right after another are never mixed up")
  func sameName() throws {
    let fixture = try WarmFixture(pools: [.javac: 1])
    fixture.waitUntilReady()
    for number in 0..<8 {
      let code = "public class Main { public static void main(String[] a) { System.out.println(\(number)); } }"
      let request = ExecutionRequest(jobId: JobID(), code: code, language: .java)
      #expect(fixture.executor.execute(request).result == "\(number)")
      let wrong = ExecutionRequest(jobId: JobID(), code: "class Main { int x = y\(number); }", language: .java)
      #expect(
        fixture.executor.execute(wrong).error?.hasPrefix("Compilation error: Main.java:1: error: cannot find") == true)
    }
    #expect(fixture.executor.ready == [.javac: 1])
  }

  @Test(
    "what breaks the compiler or fills its memory gets the verdict of a cold one, and the next job a whole compiler",
    arguments: [
      // a stack overflow in the parser
      "class Main { int x = " + String(repeating: "(", count: 20_000) + "1" + String(repeating: ")", count: 20_000)
        + "; }",
      // a constant that doubles with each line
      "class Main { static final String a = \"0123456789\"; "
        + (0..<24).map { "static final String b\($0) = \($0 == 0 ? "a + a" : "b\($0 - 1) + b\($0 - 1)"); " }.joined()
        + "}",
    ])
  func poison(_ code: String) throws {
    let fixture = try WarmFixture.shared.get()
    let (cold, warm) = (fixture.run(.java, code, start: .cold), fixture.run(.java, code))
    #expect(cold.details.errorType == warm.details.errorType && cold.error != nil)
    let next = fixture.run(.java, Self.good[0])
    #expect(next.result == "ok" && next.details.techniques == ["resident", "prewarm"])
  }

  @Test(
    "a compilation that takes too long ends at its time, with the words of a cold one",
    arguments: [nil, RequestedStart.cold])
  func watchdog(start: RequestedStart?) throws {
    let fixture = try WarmFixture.shared.get()
    let method = "java.util.List.of(1).stream().map(x -> x + 1).filter(x -> x > 0).map(x -> \"\" + x).toList();"
    let code = "class Main { \((0..<4_000).map { "void f\($0)() { \(method) }" }.joined()) }"
    let begin = MonotonicInstant.now
    let limit = start == nil ? 300 : 900
    fixture.waitUntilReady()
    let result = fixture.run(.java, code, start: start, deadline: .now + Int64(limit) * 1_000_000)
    #expect(result.details.errorType == .timeout)
    #expect(result.error?.hasPrefix("Time limit exceeded: the compiler ran for its ") == true)
    #expect(MonotonicInstant.now - begin < 60_000_000_000)
    #expect(fixture.run(.java, Self.good[0]).result == "ok")
  }
}

extension String {
  fileprivate func replacingOnce(_ old: String, with new: String) -> String {
    guard let range = firstRange(of: old) else { return self }
    return String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
  }
}
