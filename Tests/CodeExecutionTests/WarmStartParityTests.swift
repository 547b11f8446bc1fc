import CodeExecution
import HostSystem
import Jobs
import Testing

@Suite("A program cannot tell a booted runtime from a cold one", .timeLimit(.minutes(15)))
struct WarmStartParityTests {
  struct Program: Sendable, CustomStringConvertible {
    var code: String
    var stdin = ""
    var args: [String] = []

    init(_ code: String, stdin: String = "", args: [String] = []) {
      self.code = code
      self.stdin = stdin
      self.args = args
    }

    var description: String { String(code.prefix(60)) }
  }

  static let javascript: [Program] = [
    Program("console.log('hello')"),
    Program("console.log(process.argv, process.execArgv, process.argv0, process.title)", args: ["a", "", "-x", "é"]),
    Program("console.log(require.main === module, __filename, __dirname, module.id, module.paths, module.parent)"),
    Program("console.log(Object.keys(require.cache), module.children, process._preload_modules, process.cwd())"),
    Program("console.log(Object.keys(module.constructor._pathCache), Object.keys(globalThis), this === exports)"),
    Program("console.log(process.env, process.umask(), process.getuid() > 0, process.stdin.constructor.name)"),
    Program("console.log(require('fs').readFileSync(0, 'utf8').toUpperCase())", stdin: "some\ntext é"),
    Program("console.log(require('fs').readFileSync('/dev/stdin', 'utf8'))", stdin: "some\ntext"),
    Program("let s = ''; process.stdin.on('data', d => s += d).on('end', () => console.log(s.length))", stdin: "abc"),
    Program("process.stdin.on('end', () => console.log('end')).resume()"),
    Program(
      "require('readline').createInterface({ input: process.stdin }).on('line', l => console.log('<' + l + '>'))",
      stdin: "1\n2\n\n3"),
    Program("console.log(require('fs').readFileSync(0).length)", stdin: String(repeating: "0123456789", count: 30_000)),
    Program("const s = require('fs').fstatSync(0); console.log(s.isFile(), s.size)", stdin: "12345"),
    Program(
      "const s = require('fs').statSync('/box/main.js'); console.log(s.mode.toString(8), s.uid === process.getuid(), s.size)"
    ),
    Program("console.log(require('fs').readdirSync('/box'), require('fs').readdirSync('/tmp'))"),
    Program("console.log(require('fs').readdirSync('/proc/self/fd').slice(0, 3))"),
    Program("console.log(process._getActiveHandles().length, process._getActiveRequests().length)"),
    Program("process.on('beforeExit', () => console.log(process._getActiveHandles().length))"),
    Program("const w = require('fs').writeSync; w(2, w(1, 'x'.repeat(300000)) + ' ' + w(1, 'y'.repeat(300000)))"),
    Program("process.exitCode = 7"), Program("process.exit(300)"), Program("console.error('e'); process.abort()"),
    Program("process.kill(process.pid, 'SIGKILL')"), Program("process.kill(process.pid, 'SIGTERM')"),
    Program("function f() { throw new Error('x') }\nf()"), Program("throw 'text'"), Program("null.x"),
    Program("throw new Error('outer', { cause: new TypeError('inner') })"),
    Program("console.log(new Error('e').stack); console.trace('t')"),
    Program("setTimeout(() => { throw new RangeError('late') }, 5)"), Program("Promise.reject(new Error('p'))"),
    Program(
      "process.on('uncaughtException', e => { console.log('caught', e.message); process.exit(3) }); throw Error(1)"),
    Program("process.on('exit', c => console.log('exit', c)); process.on('beforeExit', () => console.log('before'))"),
    Program("let x = ;"), Program("await 1"), Program("import fs from 'fs'; console.log(fs.existsSync('/box'))"),
    Program("import('fs').then(m => console.log(typeof m.readFileSync))"), Program("return 5"), Program("#!/bin/x\n1"),
    Program("'use strict'; undeclared = 1"), Program("console.log(require('./main.js') === exports)"),
    Program("require('missing')"), Program("console.log(require('vm').runInNewContext('1 + 1'))"),
    Program("const { Worker } = require('worker_threads'); new Worker('console.log(1 + 1)', { eval: true })"),
    Program("console.log(require('child_process').execFileSync('/bin/cat', [], { input: 'x' }).toString())"),
    Program("console.log(require('child_process').fork.length); process.stdout.write('no newline')"),
    Program("const a = []; while (true) a.push(new Array(1e5).fill(1.5))"),
    Program("while (true) require('fs').writeSync(1, 'x'.repeat(10000))"), Program("(function f() { f() })()"),
  ]

  static let java: [Program] = [
    main("System.out.println(\"hello\");"),
    Program(
      "class A { public static void main(String[] a) { System.out.println(String.join(\"|\", a) + a.length); } }",
      args: ["a", "", "-x", "é"]),
    Program("package p.q; public class B { public static void main(String[] a) { System.out.println(B.class); } }"),
    main("System.out.println(new java.util.Scanner(System.in).nextInt() + 1);", stdin: "41\n"),
    main(
      "System.out.println(System.in.available()); System.out.println(new String(System.in.readAllBytes()));",
      stdin: "é\nx"),
    main(
      "System.out.println(System.in.read()); System.out.println(System.in.readAllBytes().length);",
      stdin: String(repeating: "0123456789", count: 30_000)),
    main("System.out.println(java.nio.file.Files.readString(java.nio.file.Path.of(\"/dev/stdin\")));", stdin: "abc"),
    main("System.out.println(new java.io.BufferedReader(new java.io.InputStreamReader(System.in)).readLine());"),
    main("System.exit(42);"), main("System.err.println(\"e\"); Runtime.getRuntime().halt(3);"),
    main("throw new IllegalStateException(\"x\", new RuntimeException(\"c\"));"),
    main("int[] a = new int[1]; a[2] = 1;"), main("Object o = null; o.toString();"),
    main(
      "new Exception(\"e\").printStackTrace(); for (var f : Thread.currentThread().getStackTrace()) System.out.println(f);"
    ),
    main("StackWalker.getInstance().forEach(System.out::println);"),
    main(
      "Thread t = Thread.currentThread(); System.out.println(t + \" \" + t.getId() + \" \" + Thread.activeCount() + t.getContextClassLoader().getClass());"
    ),
    main(
      "System.out.println(new Thread().getName() + Main.class.getClassLoader().getClass() + Main.class.getProtectionDomain().getCodeSource().getLocation());"
    ),
    main(
      "for (String k : new String[] {\"java.class.path\", \"sun.java.command\", \"user.dir\", \"user.home\", \"file.encoding\", \"java.io.tmpdir\"}) System.out.println(System.getProperty(k));"
    ),
    main(
      "System.out.println(System.getenv() + \" \" + Runtime.getRuntime().maxMemory() + \" \" + Runtime.getRuntime().availableProcessors());"
    ),
    main(
      "for (var b : java.lang.management.ManagementFactory.getGarbageCollectorMXBeans()) System.out.println(b.getName());"
    ),
    main(
      "Thread t = new Thread(() -> { try { Thread.sleep(50); } catch (Exception e) {} System.out.println(\"late\"); }); t.start(); throw new RuntimeException(\"main\");"
    ),
    main("Thread t = new Thread(() -> { throw new RuntimeException(\"other\"); }); t.start(); t.join();"),
    main("Thread t = new Thread(() -> { while (true); }); t.setDaemon(true); t.start(); System.out.println(\"end\");"),
    main("Thread t = new Thread(() -> System.exit(9)); t.start(); t.join();"),
    main("Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(\"hook\"))); System.exit(2);"),
    main(
      "Thread.setDefaultUncaughtExceptionHandler((t, e) -> System.out.println(\"H \" + e)); throw new Exception(\"x\");"
    ),
    main("f(0); } static int f(int x) { return f(x + 1) + 1;"),
    main("java.util.List<long[]> l = new java.util.ArrayList<>(); while (true) l.add(new long[100000]);"),
    main("while (true) System.out.println(\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\");"),
    main("System.out.println(Class.forName(\"Main\").getDeclaredMethods().length); Class.forName(\"Missing\");"),
    main(
      "System.out.println(java.util.Arrays.asList(new java.io.File(\"/box\").list()) + \" \" + new java.io.File(\"/program\").canWrite());"
    ),
    main(
      "System.out.println(java.util.Arrays.asList(new java.io.File(\"/program\").list()) + \"\" + new java.io.File(\"/tmp\").list().length);"
    ),
    main(
      "System.out.println(Main.class.getResource(\"Main.class\") + \" \" + Main.class.getModule().isNamed() + \" \" + Main.class.getPackageName());"
    ),
    Program(
      "public class Main { static { System.out.println(\"init\"); if (true) throw new RuntimeException(\"static\"); } public static void main(String[] a) {} }"
    ),
    Program("public class Main { static int x = 1; public void main(String[] a) { } }"),
    Program("public class Main { public static int main(String[] a) { return 1; } }"),
    Program("public class Main { static void main(String[] a) { } }"),
    Program("interface I { static void main(String[] a) { System.out.println(1); } }"),
    Program(
      "enum E { A; public static void main(String... a) { System.out.println(A + \"\" + a.length); } }", args: ["q"]),
    Program("record R(int x) { public static void main(String[] a) { System.out.println(new R(3)); } }"),
    Program(
      "class Base { public static void main(String[] a) { System.out.println(\"base\"); } }\npublic class Main extends Base {}"
    ),
    Program("public class Main { void f() {} }"),
  ]

  private static func main(_ body: String, stdin: String = "") -> Program {
    Program("public class Main { public static void main(String[] args) throws Exception { \(body) } }", stdin: stdin)
  }

  @Test("JavaScript", arguments: javascript)
  func nodeParity(_ program: Program) throws {
    try expectSame(.javascript, program)
  }

  @Test("Java", arguments: java)
  func javaParity(_ program: Program) throws {
    try expectSame(.java, program)
  }

  private func expectSame(_ language: Language, _ program: Program) throws {
    let fixture = try WarmFixture.shared.get()
    let run = { (start: RequestedStart?) in
      fixture.run(language, program.code, stdin: .one(program.stdin), args: program.args, start: start)
    }
    let (cold, warm) = (run(.cold), run(nil))
    #expect(cold.start == .cold)
    let techniques = warm.details.techniques ?? []
    // A program that does not compile never reaches a runtime.
    if language == .javascript || cold.details.errorType != .compileError {
      #expect(warm.start == .prewarmed && techniques.contains("prewarm"))
    }
    if language == .java { #expect(techniques.first == "resident") }
    #expect(cold.details.errorType == warm.details.errorType && cold.error == warm.error)
    #expect(cold.details.exitCode == warm.details.exitCode && cold.details.signal == warm.details.signal)
    #expect(cold.details.truncated == warm.details.truncated)
    #expect(cold.details.compileOutput == warm.details.compileOutput)
    // How much of an endless output was taken of each stream, and what V8 says of its heap in numbers, is chance.
    if cold.details.errorType != .memoryLimit && !cold.details.truncated {
      #expect(text(cold.details.stdout) == text(warm.details.stdout))
      #expect(text(cold.details.stderr) == text(warm.details.stderr))
    }
  }

  private func text(_ output: CapturedOutput) -> String { String(decoding: output.bytes, as: UTF8.self) }
}
