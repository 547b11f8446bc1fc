import CodeExecution
import HostSystem
import Jobs
import Testing

@Suite("Programs that are well run to their end in every language")
struct CompletedProgramTests {
  private static let greetings: [(Language, String)] = [
    (.cpp, "#include <iostream>\nint main() { std::cout << \"Hello, wörld\\n\"; }"),
    (.java, "public class Greeter { public static void main(String[] a) { System.out.println(\"Hello, wörld\"); } }"),
    (.python, "print('Hello, wörld')"),
    (.javascript, "console.log('Hello, wörld')"),
  ]

  @Test("hello", arguments: greetings)
  func hello(language: Language, code: String) throws {
    let before = WallClock.microseconds
    let result = try ExecutorFixture.run(language, code)
    #expect(result.error == nil)
    #expect(result.result == "Hello, wörld")
    #expect(result.details.exitCode == 0)
    #expect(result.details.errorType == nil)
    #expect(result.details.stderr.bytes.isEmpty)
    #expect(result.start == .cold)
    #expect(before <= result.compiledAt && result.compiledAt <= result.finishedAt)
    #expect(result.finishedAt <= WallClock.microseconds)
    #expect(result.details.wallTimeMs > 0 && result.details.cpuTimeMs > 0 && result.details.peakMemoryBytes > 0)
    #expect(result.details.sandbox?.backend == "rce-jail")
    #expect(result.details.sandbox?.namespaces.contains("net") == true)
  }

  private static let echoes: [(Language, String)] = [
    (
      .cpp,
      """
      #include <iostream>
      int main(int n, char **a) { std::string s; std::getline(std::cin, s); std::cout << s; for (int i = 1; i < n; i++) std::cout << '|' << a[i]; }
      """
    ),
    (
      .java,
      """
      import java.util.*;
      class Echo { public static void main(String[] a) {
        System.out.print(new Scanner(System.in, "UTF-8").nextLine()); for (String s : a) System.out.print("|" + s); } }
      """
    ),
    (.python, "import sys; print('|'.join([input()] + sys.argv[1:]), end='')"),
    (
      .javascript,
      "const s = require('fs').readFileSync(0, 'utf8'); process.stdout.write([s.trim(), ...process.argv.slice(2)].join('|'))"
    ),
  ]

  @Test("input and arguments arrive", arguments: echoes)
  func inputAndArguments(language: Language, code: String) throws {
    let result = try ExecutorFixture.run(language, code, stdin: "zeile é\n", args: ["x", "", "two words", "--flag"])
    #expect(result.error == nil)
    #expect(result.result == "zeile é|x||two words|--flag")
  }

  @Test("ordinary parts of Python's standard library work")
  func pythonLibrary() throws {
    let result = try ExecutorFixture.run(
      .python,
      """
      import json, re, math, random, collections, itertools, datetime, decimal, hashlib, threading, subprocess, sqlite3
      import multiprocessing, tempfile, pathlib, ssl, zoneinfo, getpass
      with tempfile.NamedTemporaryFile() as f: f.write(b'x')
      pathlib.Path('note.txt').write_text('kept')
      thread = threading.Thread(target=lambda: None); thread.start(); thread.join()
      with multiprocessing.Pool(2) as pool: print(pool.map(math.sqrt, [4, 9]))
      print(subprocess.check_output(['echo', 'sub'], text=True).strip(), getpass.getuser(), open('note.txt').read())
      exit()
      """)
    #expect(result.error == nil)
    #expect(result.result == "[2.0, 3.0]\nsub runner kept")
  }

  @Test("ordinary parts of Java's and Node's libraries work")
  func otherLibraries() throws {
    let java = try ExecutorFixture.run(
      .java,
      """
      package org.example;
      import java.util.*; import java.util.stream.*; import java.util.concurrent.*; import java.nio.file.*;
      record Point(int x, int y) {}
      public class Main {
        public static void main(String[] args) throws Exception {
          var pool = Executors.newFixedThreadPool(4);
          System.out.println(pool.submit(() -> 42).get()); pool.shutdown();
          System.out.println(IntStream.range(0, 5).mapToObj(i -> new Point(i, i)).collect(Collectors.toList()).get(4));
          Files.writeString(Path.of("note"), "kept"); System.out.println(Files.readString(Path.of("note")));
          System.out.println(java.security.MessageDigest.getInstance("SHA-256").digest().length);
        }
      }
      """)
    #expect(java.error == nil)
    #expect(java.result == "42\nPoint[x=4, y=4]\nkept\n32")
    let node = try ExecutorFixture.run(
      .javascript,
      """
      const { createHash } = require('crypto'); const { Worker } = require('worker_threads');
      require('fs').writeFileSync('note', 'kept');
      new Worker('require("worker_threads").parentPort.postMessage(7)', { eval: true }).on('message', console.log);
      setTimeout(() => console.log(createHash('sha256').digest().length, require('fs').readFileSync('note', 'utf8')), 300);
      """)
    #expect(node.error == nil)
    #expect(node.result == "7\n32 kept")
  }

  @Test("output that is not UTF-8 is kept byte for byte")
  func bytes() throws {
    let result = try ExecutorFixture.run(.python, "import sys; sys.stdout.buffer.write(bytes(range(256)))")
    #expect(result.details.stdout.bytes == Array(UInt8.min...UInt8.max))
    #expect(result.details.stdout.text == nil)
  }

  @Test("what the compiler remarks about a good program is kept")
  func warnings() throws {
    let result = try ExecutorFixture.run(.cpp, "#warning remark\nint main() {}")
    #expect(result.error == nil)
    #expect(result.details.compileOutput?.text?.contains("remark") == true)
  }
}
