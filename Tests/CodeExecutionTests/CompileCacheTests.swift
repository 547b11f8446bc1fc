import CodeExecution
import HostSystem
import Jobs
import Sandbox
import Testing

@Suite("The cache of compilations", .timeLimit(.minutes(15)))
struct CompileCacheTests {
  private static func executor(_ techniques: Set<Technique>) throws -> CodeExecutor {
    let sandbox = try ExecutorFixture.sandbox.get()
    return CodeExecutor(
      sandbox: sandbox, toolchains: .ofHost(searchPath: "", readableBy: sandbox.hostUser),
      speed: CompilerSpeedSettings(techniques: techniques))
  }

  private static func request(
    _ language: Language, _ code: String, tenant: String? = nil, start: RequestedStart? = nil
  ) -> ExecutionRequest {
    ExecutionRequest(jobId: JobID(), code: code, language: language, stdin: "5", start: start, tenant: tenant)
  }

  static let programs: [(Language, String)] = [
    (.cpp, "#include <cstdio>\nint main() { std::printf(\"hello %d\", std::getchar()); return 3; }"),
    (
      .java,
      "import java.util.*; class A { class B {} public static void main(String[] a) { List l = new ArrayList(); l.add(new A().new B().getClass()); System.out.println(l); } }"
    ),
  ]

  @Test("a repetition comes from it, says so, and is the same to the letter", arguments: programs)
  func repetition(_ language: Language, _ code: String) throws {
    let executor = try Self.executor([.cache])
    let first = executor.execute(Self.request(language, code))
    let second = executor.execute(Self.request(language, code))
    #expect(first.start == .cold && first.details.techniques == nil)
    #expect(second.start == .cached && second.details.techniques == ["cache"])
    #expect(first.error == second.error && first.result == second.result && !first.result.isEmpty)
    #expect(first.details.exitCode == second.details.exitCode)
    #expect(first.details.compileOutput == second.details.compileOutput)
  }

  @Test("another tenant, another source, a cold start and a source with errors find nothing there")
  func strangers() throws {
    let executor = try Self.executor([.cache])
    let code = "int main() { return 1; }"
    #expect(executor.execute(Self.request(.cpp, code, tenant: "a")).start == .cold)
    #expect(executor.execute(Self.request(.cpp, code, tenant: "b")).start == .cold)
    #expect(executor.execute(Self.request(.cpp, code)).start == .cold)
    #expect(executor.execute(Self.request(.cpp, code + " ", tenant: "a")).start == .cold)
    #expect(executor.execute(Self.request(.cpp, code, tenant: "a", start: .cold)).start == .cold)
    #expect(executor.execute(Self.request(.cpp, code, tenant: "a")).start == .cached)
    for _ in 0..<2 { #expect(executor.execute(Self.request(.cpp, "int main() {")).start == .cold) }
  }

  @Test("it is off unless it is asked for by name")
  func off() throws {
    #expect(try !Technique.selection(nil).contains(.cache))
    #expect(try Technique.selection("cache,pch") == [.cache, .pch])
    let executor = try Self.executor([])
    for _ in 0..<2 { #expect(executor.execute(Self.request(.cpp, "int main() {}")).start == .cold) }
  }

  @Test("the name tells apart all that goes into a compilation")
  func names() throws {
    let limits = SandboxLimits(wall: .zero, cpu: .zero, memoryBytes: 0, outputBytes: 0, processes: 0, fileBytes: 0)
    let toolchain = try Toolchains.ofHost(searchPath: "", readableBy: nil)[.cpp].get()
    var other = toolchain
    other.compiler = "/bin/true"
    func name(
      _ command: [String], _ files: [SandboxFile], tenant: String? = nil, language: Language = .cpp,
      mounts: [SandboxMount] = [], toolchain: Toolchain = toolchain
    ) -> String {
      CompileKey.name(
        SandboxRequest(command, files: files, mounts: mounts, limits: limits), language, toolchain, tenant: tenant)
    }
    let file = SandboxFile("/box/main.cpp", [1, 2])
    let names = [
      name(["a", "b"], [file]), name(["a", "bc"], [file]), name(["ab"], [file]), name(["a", "b"], []),
      name(["a", "b"], [SandboxFile("/box/main.cp", [1, 2])]), name(["a", "b"], [SandboxFile("/box/main.cpp", [1])]),
      name(["a", "b"], [file], tenant: ""), name(["a", "b"], [file], tenant: "t"),
      name(["a", "b"], [file], language: .java), name(["a", "b"], [file], mounts: [SandboxMount("/x")]),
      name(["a", "b"], [file], toolchain: other),
    ]
    #expect(Set(names).count == names.count)
    let product = SandboxMount("/tmp/rce-1/product", at: "/program", isWritable: true)
    #expect(name(["a", "b"], [file], mounts: [product]) == names[0])
    #expect(names[0].count == 64)
  }

  @Test("what was not used for longest goes first, and nothing is kept that leaves no room")
  func leastRecentlyUsed() {
    var kept = LeastRecentlyUsed<Int>(capacity: 10)
    for (key, weight) in [("a", 4), ("b", 3), ("c", 3)] { kept.insert(weight, weight: weight, for: key) }
    #expect(kept.value("a") == 4 && kept.weight == 10)
    kept.insert(9, weight: 2, for: "d")
    #expect(kept.value("b") == nil && kept.value("a") == 4 && kept.value("c") == 3 && kept.value("d") == 9)
    kept.insert(1, weight: 11, for: "e")
    #expect(kept.value("e") == nil && kept.count == 3)
    kept.insert(8, weight: 8, for: "a")
    #expect(kept.value("a") == 8 && kept.value("d") == 9 && kept.count == 2 && kept.weight == 10)
  }
}
