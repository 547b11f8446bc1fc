import Jobs
import Testing

extension Attacks {
  @Suite("Rows 44 to 46, 48 and 51: compilers and runtimes")
  struct CompilerAttackTests {
    static let attacks: [Attack] =
      (includes + bombs).map { attack in
        var attack = attack
        attack.isOnCompiler = true
        return attack
      } + errors + javac + runtimes

    /// What a compiler may be stopped for, or find out by itself.
    private static let stopped: [ErrorType?] = [.timeout, .memoryLimit, .diskLimit, .compileError]

    /// Bytes of messages that may be kept of a compiler, and the verdict's own.
    private static let messages = Check.messages(upTo: 64 << 10)

    private static let includes =
      ["random", "zero", "stdin", "passwd", "environment", "first", "itself"].flatMap { name in
        Attack.each(
          44, "44-includes", in: [.cpp], file: "\(name).cpp", stopped + (empty.contains(name) ? [nil] : []), messages,
          // Lines of the host's own files.
          .silent("root:x:0"), .silent("RCE_"), .silent("AWS_"))
      }

    /// Files of the kernel that are empty to who asks for their size first.
    private static let empty = ["stdin", "environment", "first"]

    private static let bombs =
      [
        ("recursion", [.compileError]), ("expansion", stopped), ("constexpr", stopped), ("laughs", stopped),
        ("array", stopped), ("repeat", stopped), ("binary", [.compileError]), ("zeros", stopped),
      ].flatMap { (name: String, verdicts: [ErrorType?]) in
        Attack.each(45, "45-compiler-bombs", in: [.cpp], file: "\(name).cpp", verdicts, messages, .silent("root:"))
      }

    private static let errors =
      generated(46, "46-errors", .cpp, String(repeating: "x;\n", count: 1_000_000), [.compileError, .timeout])
      + generated(
        46, "46-errors", .java,
        "class Main { void f() {\n" + String(repeating: "x();\n", count: 30_000) + "}}",
        [.compileError, .timeout, .memoryLimit])
      + generated(46, "46-errors", .python, String(repeating: "x = = 1\n", count: 100_000), [.compileError])
      + generated(46, "46-errors", .javascript, String(repeating: "x = = 1\n", count: 100_000), [.compileError])

    private static let javac =
      Attack.each(
        48, "48-javac", in: [.java], file: "processor.java", [nil], .output(Array("ran\n".utf8)), .silent("processed")
      )
      .map { attack in
        var attack = attack
        attack.files = [SourceFile(name: "META-INF/services/javax.annotation.processing.Processor", content: "Main\n")]
        return attack
      }
      + Attack.each(48, "48-javac", in: [.java], file: "folding.java", stopped + [.runtimeError], messages)
      + Attack.each(48, "48-javac", in: [.java], file: "inference.java", stopped, messages)
      + Attack.each(48, "48-javac", in: [.java], file: "outside.java", [.compileError], messages)
      + generated(48, "48-methods", .java, "class Main {\n" + methods + "}\n", stopped)
      + generated(
        48, "48-long-method", .java,
        "class Main { static int x; public static void main(String[] a) {\n"
          + String(repeating: "x++; x *= 3;\n", count: 20_000) + "}}", stopped)

    private static let methods = (0..<70_000).map { "int m\($0)() { return \($0); }\n" }.joined()

    private static let runtimes =
      Attack.each(51, "51-runtime", in: [.python], file: "recursion.py", [.runtimeError, .memoryLimit])
      + Attack.each(
        51, "51-runtime", in: [.python], file: "site.py", [nil],
        .probes(["variables", "isolated", "path", "child", "user-site"]))
      + Attack.each(
        51, "51-runtime", in: [.javascript], file: "internals.js", [nil],
        .probes(["options", "variables", "library", "worker"]))
      + Attack.each(51, "51-runtime", in: [.javascript], file: "binding.js", [.runtimeError], .signal(6))
      + Attack.each(
        51, "51-runtime", in: [.java], file: "Options.java", [nil],
        .probes([
          "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH", "library", "first", "attach",
        ]))

    private static func generated(
      _ row: Int, _ name: String, _ language: Language, _ source: String, _ verdicts: [ErrorType?]
    ) -> [Attack] {
      Attack.each(row, name, in: [language], verdicts, messages).map { attack in
        var attack = attack
        attack.generated = source
        return attack
      }
    }

    @Test(
      "compilers are limited like programs, and runtimes start as they are", arguments: AttackedBackend.allCases,
      attacks)
    func attack(backend: AttackedBackend, attack: Attack) throws {
      try Attacks.expectContained(attack, on: backend)
    }
  }
}
