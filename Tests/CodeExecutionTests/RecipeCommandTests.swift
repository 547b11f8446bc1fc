import CodeExecution
import Jobs
import Sandbox
import Testing

@Suite("The commands of each language, word by word")
struct RecipeCommandTests {
  static let compilers: [Language: String] = [.cpp: "/c/g++", .java: "/j/bin/javac"]
  static let runtimes: [Language: String] = [.java: "/j/bin/java", .python: "/p/python3", .javascript: "/n/node"]

  static func recipe(
    _ language: Language, _ code: String = "class Start { public static void main(String[] a) {} }",
    files: [String] = [], options: [String]? = nil, memoryMB: Int = 256
  ) throws -> Recipe {
    let request = ExecutionRequest(
      jobId: JobID(), code: code, language: language, args: ["one", "{args}"],
      files: files.isEmpty ? nil : files.map { SourceFile(name: $0, content: $0) }, options: options,
      limits: ResourceLimits(memoryMB: memoryMB))
    let toolchain = Toolchain(
      language: try #require(LanguageTable.embedded[language]), compiler: compilers[language],
      runtime: runtimes[language], mounts: [])
    return Recipe(request, toolchain, product: "/products/1", compileLimits: CodeExecutor.defaultCompileLimits)
  }

  private static let cppFlags = ["-std=c++20", "-O2", "-fmax-errors=20"]
  private static let javacFlags = [
    "-J-Xmx512m", "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-J-XX:-UsePerfData", "-proc:none", "-encoding",
    "UTF-8", "-Xmaxerrs", "20",
  ]

  @Test("compile, with options and further sources in their places")
  func compile() throws {
    #expect(
      try Self.recipe(.cpp).compile?.command == ["/c/g++"] + Self.cppFlags + ["-o", "/program/main", "main.cpp"])
    #expect(
      try Self.recipe(.cpp, files: ["b.cpp", "b.h", "in/c.cc", "data.txt"], options: ["-O0", "-DX=1"]).compile?.command
        == ["/c/g++"] + Self.cppFlags
        + ["-O0", "-DX=1", "-o", "/program/main", "main.cpp", "b.cpp", "in/c.cc"])
    #expect(
      try Self.recipe(.java).compile?.command == ["/j/bin/javac"] + Self.javacFlags + ["-d", "/program", "Start.java"])
    #expect(
      try Self.recipe(.java, files: ["Other.java", "x.txt"], options: ["-g"]).compile?.command
        == ["/j/bin/javac"] + Self.javacFlags + ["-g", "-d", "/program", "Start.java", "Other.java"])
    #expect(try Self.recipe(.python).compile == nil)
    #expect(try Self.recipe(.javascript).compile == nil)
  }

  @Test("run, with the heap that the memory limit leaves")
  func run() throws {
    #expect(try Self.recipe(.cpp).run.command == ["/program/main", "one", "{args}"])
    for (memory, heap) in [(64, 16), (256, 160), (1_024, 832)] {
      #expect(
        try Self.recipe(.java, memoryMB: memory).run.command == [
          "/j/bin/java", "-Xmx\(heap)m", "-XX:-UsePerfData", "-cp", "/program", "Start", "one", "{args}",
        ])
    }
    #expect(try Self.recipe(.python).run.command == ["/p/python3", "-I", "-B", "/box/main.py", "one", "{args}"])
    for (memory, heap) in [(64, 16), (256, 176)] {
      #expect(
        try Self.recipe(.javascript, memoryMB: memory).run.command == [
          "/n/node", "--max-old-space-size=\(heap)", "/box/main.js", "one", "{args}",
        ])
    }
  }

  @Test("Python finds modules beside its source where there are files, and nothing there where there are none")
  func pythonFiles() throws {
    #expect(
      try Self.recipe(.python, files: ["a.py"]).run.command == [
        "/p/python3", "-E", "-s", "-B", "/box/main.py", "one", "{args}",
      ])
  }

  @Test("check the syntax")
  func syntaxCheck() throws {
    let python = try #require(try Self.recipe(.python).syntaxCheck?.command)
    #expect(Array(python.prefix(4)) == ["/p/python3", "-I", "-S", "-c"])
    #expect(
      python.last == """
        try: compile(open('/box/main.py', 'rb').read(), 'main.py', 'exec')
        except SyntaxError: raise SystemExit(65)
        """)
    let node = try #require(try Self.recipe(.javascript).syntaxCheck?.command)
    #expect(Array(node.prefix(2)) == ["/n/node", "-e"])
    #expect(
      node.last == """
        const text = require('fs').readFileSync('/box/main.js', 'utf8').replace(/^#!.*/, '');
        try { require('vm').compileFunction(text, ['exports', 'require', 'module', '__filename', '__dirname']); }
        catch (error) { if (error instanceof SyntaxError) process.exit(65); }
        """)
    #expect(try Self.recipe(.cpp).syntaxCheck == nil)
    #expect(try Self.recipe(.java).syntaxCheck == nil)
  }

  @Test("see the source where they compile or interpret it, and the files always")
  func files() throws {
    let cpp = try Self.recipe(.cpp, files: ["d/data.txt"])
    #expect(cpp.compile?.files.map(\.path) == ["/box/main.cpp", "/box/d/data.txt"])
    #expect(cpp.run.files.map(\.path) == ["/box/d/data.txt"])
    #expect(cpp.run.mounts.map(\.target) == ["/program"])
    let python = try Self.recipe(.python, files: ["d/data.txt"])
    #expect(python.run.files.map(\.path) == ["/box/main.py", "/box/d/data.txt"])
    #expect(python.run.mounts.isEmpty)
    #expect(python.run.environment.map(\.name) == ["PATH", "HOME", "LANG"])
  }
}
