import CodeExecution
import Jobs
import Testing

@Suite("What goes wrong is told apart and said in words")
struct FailedProgramTests {
  struct Failure: Sendable, CustomTestStringConvertible {
    var language: Language
    var code: String
    var error: String

    init(_ language: Language, _ code: String, _ error: String) {
      self.language = language
      self.code = code
      self.error = error
    }

    var testDescription: String { "\(language.title): \(error)" }
  }

  private static let compileErrors = [
    Failure(.python, "x = 1\nprint('a'\n", "Syntax error: '(' was never closed (line 2)"),
    Failure(.python, "if True:\nx = 1", "Syntax error: expected an indented block after 'if' statement on line 1"),
    Failure(.javascript, "let x = ;", "Syntax error: Unexpected token ';' (line 1)"),
    Failure(.javascript, "\nfunction f( {", "Syntax error: Unexpected end of input (line "),
    Failure(.cpp, "int main() {\n  return y;\n}", "Compilation error: main.cpp:2:10: error: ‘y’ was not declared"),
    Failure(.cpp, "int f(); int main() { return f(); }", "Compilation error: "),
    Failure(.cpp, "", "Compilation error: "),
    Failure(.java, "class A { int x = \"s\"; }", "Compilation error: A.java:1: error: incompatible types"),
    Failure(.java, "class {", "Compilation error: Main.java:1: error: <identifier> expected"),
  ]

  @Test("a program that cannot be compiled never runs", arguments: compileErrors)
  func compileError(failure: Failure) throws {
    let result = try ExecutorFixture.run(failure.language, failure.code)
    #expect(result.details.errorType == .compileError)
    #expect(result.error?.hasPrefix(failure.error) == true, "\(result.error ?? "nil")")
    #expect(result.details.compileOutput?.bytes.isEmpty == false)
    #expect(result.details.stdout.bytes.isEmpty && result.details.stderr.bytes.isEmpty)
    #expect(result.details.exitCode == nil && result.details.signal == nil)
    #expect(result.compiledAt == result.finishedAt)
  }

  private static let runtimeErrors = [
    Failure(.python, "1/0", "Runtime error: ZeroDivisionError: division by zero (exit code 1)"),
    Failure(.python, "raise SystemExit(7)", "Runtime error: exit code 7"),
    Failure(.python, "import os; os.kill(os.getpid(), 15)", "Runtime error: terminated (signal 15, SIGTERM)"),
    // Programs that speak of syntax errors have none.
    Failure(
      .python, "import sys; print('SyntaxError: invalid', file=sys.stderr); sys.exit(1)",
      "Runtime error: SyntaxError: invalid (exit code 1)"),
    Failure(.python, "eval('1 +')", "Runtime error: SyntaxError: invalid syntax (exit code 1)"),
    Failure(
      .javascript, "JSON.parse('{')", "Runtime error: SyntaxError: "),
    Failure(.javascript, "throw new Error('boom')", "Runtime error: Error: boom (exit code 1)"),
    Failure(.javascript, "process.exit(3)", "Runtime error: exit code 3"),
    Failure(.javascript, "Promise.reject(new TypeError('late'))", "Runtime error: TypeError: late (exit code 1)"),
    Failure(.cpp, "int main() { return 139; }", "Runtime error: exit code 139"),
    Failure(
      .cpp, "int main() { volatile int *p = 0; *p = 1; }", "Runtime error: segmentation fault (signal 11, SIGSEGV)"),
    Failure(.cpp, "#include <cstdlib>\nint main() { abort(); }", "Runtime error: aborted (signal 6, SIGABRT)"),
    Failure(
      .cpp, "#include <stdexcept>\nint main() { throw std::runtime_error(\"boom\"); }",
      "Runtime error: aborted (signal 6, SIGABRT): std::runtime_error: boom"),
    Failure(
      .cpp,
      "int f(int n) { volatile char a[4096]; a[0] = n; return n ? f(n + 1) + a[0] : 0; } int main() { return f(1); }",
      "Runtime error: segmentation fault (signal 11, SIGSEGV)"),
    Failure(
      .java, "class A { public static void main(String[] a) { Object o = null; o.hashCode(); } }",
      "Runtime error: java.lang.NullPointerException"),
    Failure(
      .java, "class A { public static void main(String[] a) { System.exit(9); } }", "Runtime error: exit code 9"),
    Failure(.java, "class A { }", "Runtime error: Main method not found in class A"),
  ]

  @Test("a program that fails says how", arguments: runtimeErrors)
  func runtimeError(failure: Failure) throws {
    let result = try ExecutorFixture.run(failure.language, failure.code)
    #expect(result.details.errorType == .runtimeError)
    #expect(result.error?.hasPrefix(failure.error) == true, "\(result.error ?? "nil")")
    #expect((result.details.exitCode == nil) != (result.details.signal == nil))
  }

  private static let endless: [(Language, String)] = [
    (.cpp, "int main() { volatile bool on = true; while (on) {} }"),
    (.java, "class A { public static void main(String[] a) { while (true) {} } }"),
    (.python, "print('begun', flush=True)\nwhile True: pass"), (.javascript, "while (true) {}"),
  ]

  @Test("an endless loop uses up its CPU time", arguments: endless)
  func cpuTime(language: Language, code: String) throws {
    let result = try ExecutorFixture.run(language, code) { $0.cpuTimeMs = 500 }
    #expect(result.details.errorType == .timeout)
    #expect(result.error == "Time limit exceeded: the program used its 500 ms of CPU time")
    #expect(result.details.signal == 9)
    if language == .python { #expect(result.result == "begun") }
  }

  @Test(
    "a sleeping program uses up its wall-clock time",
    arguments: [
      (.python, "import time; time.sleep(60)"), (.javascript, "setTimeout(() => {}, 60000)"),
      (.cpp, "#include <unistd.h>\nint main() { sleep(60); }"),
    ] as [(Language, String)])
  func wallTime(language: Language, code: String) throws {
    let result = try ExecutorFixture.run(language, code) { $0.wallTimeMs = 1_000 }
    #expect(result.details.errorType == .timeout)
    #expect(result.error == "Time limit exceeded: the program ran for its 1 s of wall-clock time")
    #expect(result.details.wallTimeMs >= 1_000 && result.details.wallTimeMs < 3_000)
  }

  private static let hogs = [
    Failure(.cpp, "#include <vector>\nint main() { std::vector<long> v; for (;;) v.push_back(1); }", ""),
    Failure(.cpp, "#include <vector>\nint main() { std::vector<char> v(1ul << 60); }", ""),
    Failure(
      .java,
      "class A { public static void main(String[] a) { var l = new java.util.ArrayList<int[]>(); while (true) l.add(new int[9999]); } }",
      ""),
    Failure(
      .java,
      "class A { public static void main(String[] a) { var l = new java.util.ArrayList<Object>(); while (true) l.add(java.nio.ByteBuffer.allocateDirect(1 << 20)); } }",
      ""),
    Failure(.python, "a = []\nwhile True: a.append('x' * 1000000)", ""),
    Failure(.python, "a = 'x' * 10 ** 15", ""),
    Failure(.javascript, "const a = []; while (true) a.push({ x: [1, 2, 3] })", ""),
    Failure(.javascript, "const a = []; while (true) a.push(Buffer.alloc(1 << 20, 1))", ""),
  ]

  @Test("a memory hog has one verdict, whoever refuses the memory", arguments: hogs)
  func memory(failure: Failure) throws {
    let result = try ExecutorFixture.run(failure.language, failure.code) { $0.memoryMB = 160 }
    #expect(result.details.errorType == .memoryLimit, "\(result.error ?? "nil")")
    #expect(result.error == "Memory limit exceeded: the program needed more than 160 MiB")
  }

  private static let floods: [(Language, String)] = [
    (.cpp, "#include <cstdio>\nint main() { for (;;) puts(\"flood\"); }"),
    (.cpp, "#include <cstdio>\nint main() { for (;;) fputs(\"flood\\n\", stderr); }"),
    (.java, "class A { public static void main(String[] a) { while (true) System.out.println(\"flood\"); } }"),
    (.python, "while True: print('flood')"),
    (.javascript, "while (true) require('fs').writeSync(2, 'flood\\n')"),
  ]

  @Test("a flood of output is cut and named", arguments: floods)
  func output(language: Language, code: String) throws {
    let result = try ExecutorFixture.run(language, code) { $0.outputBytes = 256 << 10 }
    #expect(result.details.errorType == .outputLimit)
    #expect(result.error == "Output limit exceeded: the program wrote more than 256 KiB")
    #expect(result.details.truncated)
    #expect(result.details.stdout.bytes.count + result.details.stderr.bytes.count == 256 << 10)
  }

  @Test("a fork bomb and a thread bomb run into the limit of processes")
  func processes() throws {
    let bombs: [(Language, String)] = [
      (.python, "import os\nwhile True: os.fork()"),
      (.cpp, "#include <unistd.h>\nint main() { for (;;) fork(); }"),
      (
        .java,
        "class A { public static void main(String[] a) { for (;;) new Thread(() -> { while (true) {} }).start(); } }"
      ),
    ]
    for (language, code) in bombs {
      let result = try ExecutorFixture.run(language, code) { limits in
        limits.processes = 40
        limits.cpuTimeMs = 2_000
      }
      #expect(result.details.errorType == .processLimit, "\(result.error ?? "nil")")
      #expect(result.error == "Process limit exceeded: the program started more than 40 processes and threads")
    }
  }

  @Test(
    "a program that fills a file or a disk is told so",
    arguments: [
      (
        .cpp,
        "#include <cstdio>\nint main() { FILE *f = fopen(\"x\", \"w\"); for (;;) fputs(\"0123456789abcdef\", f); }"
      ),
      (.python, "f = open('x', 'wb')\nwhile True: f.write(bytes(1 << 16))"),
      (.python, "i = 0\nwhile True:\n  open(f'/tmp/{i}', 'wb').write(bytes(1 << 19)); i += 1"),
      (.javascript, "const fs = require('fs'); for (;;) fs.appendFileSync('x', Buffer.alloc(1 << 16))"),
      (
        .java,
        "class A { public static void main(String[] a) throws Exception { var f = new java.io.FileOutputStream(\"x\"); while (true) f.write(new byte[1 << 16]); } }"
      ),
    ] as [(Language, String)])
  func disk(language: Language, code: String) throws {
    let result = try ExecutorFixture.run(language, code) { $0.fileBytes = 1 << 20 }
    #expect(result.details.errorType == .diskLimit, "\(result.error ?? "nil")")
    #expect(result.error == "Disk limit exceeded: the program wrote more than 1 MiB to a file or a disk")
  }
}
