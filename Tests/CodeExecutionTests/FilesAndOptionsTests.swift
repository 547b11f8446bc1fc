import CodeExecution
import Jobs
import Sandbox
import Testing

@Suite("Files beside a source and options for its compiler")
struct FilesAndOptionsTests {
  struct Program: Sendable, CustomTestStringConvertible {
    let language: Language
    let code: String
    let files: [SourceFile]
    var options: [String]?
    var testDescription: String { language.rawValue }
  }

  private static let programs = [
    Program(
      language: .cpp,
      code: """
        #include <fstream>
        #include <iostream>
        #include "square.h"
        int other(int);
        int main() { std::ifstream in("data/in.txt"); int n; in >> n; std::cout << square(n) << ' ' << other(PLUS) << '\\n'; }
        """,
      files: [
        SourceFile(name: "include/square.h", content: "inline int square(int n) { return n * n; }"),
        SourceFile(name: "src/other.cpp", content: "int other(int n) { return n + 1; }"),
        SourceFile(name: "data/in.txt", content: "7"),
      ], options: ["-O0", "-Iinclude", "-DPLUS=49", "-std=c++17"]),
    Program(
      language: .java,
      code: """
        import java.nio.file.*;
        public class Start { public static void main(String[] a) throws Exception {
          int n = Integer.parseInt(Files.readString(Path.of("data/in.txt")));
          System.out.println(n * n + " " + org.example.Other.plus(49)); } }
        """,
      files: [
        SourceFile(
          name: "org/example/Other.java",
          content: "package org.example; public class Other { public static int plus(int n) { return n + 1; } }"),
        SourceFile(name: "data/in.txt", content: "7"),
      ], options: ["-g", "-Xlint:all"]),
    Program(
      language: .python,
      code: """
        import helper, parts.more
        n = int(open('data/in.txt').read())
        print(n * n, helper.plus(parts.more.base))
        """,
      files: [
        SourceFile(name: "helper.py", content: "def plus(n): return n + 1"),
        SourceFile(name: "parts/more.py", content: "base = 49"), SourceFile(name: "data/in.txt", content: "7"),
      ]),
    Program(
      language: .javascript,
      code: """
        const n = Number(require('fs').readFileSync('data/in.txt', 'utf8'));
        console.log(n * n, require('./lib/helper.js').plus(49));
        """,
      files: [
        SourceFile(name: "lib/helper.js", content: "exports.plus = n => n + 1;"),
        SourceFile(name: "data/in.txt", content: "7"),
      ]),
  ]

  private static let backends: [SandboxChoice] = [.jail, .bubblewrap]
  private static let sandboxes = Dictionary(
    uniqueKeysWithValues: backends.map { backend in
      (backend, Result { () throws(SandboxError) in try Sandbox(SandboxConfiguration(backend)) })
    })

  private func execute(_ program: Program, in backend: SandboxChoice) throws -> ExecutionResult {
    let sandbox = try #require(Self.sandboxes[backend]).get()
    let executor = CodeExecutor(sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser))
    return executor.execute(
      ExecutionRequest(
        jobId: JobID(), code: program.code, language: program.language, files: program.files,
        options: program.options, limits: ResourceLimits(wallTimeMs: 20_000, cpuTimeMs: 10_000)))
  }

  @Test("are compiled, imported and read where the program expects them", arguments: programs, backends)
  func files(_ program: Program, _ backend: SandboxChoice) throws {
    let result = try execute(program, in: backend)
    #expect(result.error == nil, "\(result.details.compileOutput?.text ?? "") \(result.details.stderr.text ?? "")")
    #expect(result.result == "49 50")
  }

  @Test("may be 64, in directories, that the program may change", arguments: backends)
  func most(_ backend: SandboxChoice) throws {
    let files = (0..<64).map { SourceFile(name: "d\($0 % 8)/e/f\($0).txt", content: "\($0)") }
    let code = """
      import os
      print(sum(int(open(f'd{i % 8}/e/f{i}.txt').read()) for i in range(64)))
      os.mkdir('d0/new'); open('d1/e/f1.txt', 'w').write('x'); os.remove('d2/e/f2.txt')
      """
    let result = try execute(Program(language: .python, code: code, files: files), in: backend)
    #expect(result.error == nil)
    #expect(result.result == "2016")
  }

  @Test("an annotation processor among the files is not run", arguments: backends)
  func processor(_ backend: SandboxChoice) throws {
    let processor = """
      import java.util.*; import javax.annotation.processing.*; import javax.lang.model.element.*;
      @SupportedAnnotationTypes("*") public class P extends AbstractProcessor {
        static { System.err.println("PROCESSOR RAN"); }
        public boolean process(Set<? extends TypeElement> a, RoundEnvironment r) { return false; } }
      """
    let result = try execute(
      Program(
        language: .java, code: "public class M { public static void main(String[] a) { System.out.println(1); } }",
        files: [
          SourceFile(name: "P.java", content: processor),
          SourceFile(name: "META-INF/services/javax.annotation.processing.Processor", content: "P"),
        ]), in: backend)
    #expect(result.result == "1")
    #expect(result.details.compileOutput?.text?.contains("PROCESSOR RAN") != true)
  }
}
