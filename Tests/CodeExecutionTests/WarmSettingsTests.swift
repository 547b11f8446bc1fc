import CodeExecution
import Jobs
import Testing

@Suite("What is kept ready, and for whom", .timeLimit(.minutes(15)))
struct WarmSettingsTests {
  @Test(
    "a setting names pools and their sizes",
    arguments: [
      (nil, [:]), ("", [:]), ("none", [:]), ("node=2", [.node: 2]),
      ("node=1, java=3,javac=1", [.node: 1, .java: 3, .javac: 1]),
      ("java=0", [.java: 0]),
    ] as [(String?, [WarmPool: Int])])
  func sizes(text: String?, sizes: [WarmPool: Int]) throws {
    #expect(try WarmPool.sizes(text) == sizes)
  }

  @Test("a slip is refused", arguments: ["node", "node=", "node=-1", "node=65", "javac=2", "perl=1", "node=1=2", "=1"])
  func refused(text: String) {
    #expect(throws: WarmPoolError(part: text)) { try WarmPool.sizes(text) }
  }

  @Test("a linker is chosen by what is there, what is switched on and what the compiler knows")
  func linker() throws {
    var toolchain = try Toolchains.ofHost(searchPath: "", readableBy: nil)[.cpp].get()
    toolchain.hasGold = true
    toolchain.hasMold = true
    #expect(Linker.choose(toolchain, [.gold, .mold]) == .mold)
    #expect(Linker.choose(toolchain, [.gold]) == .gold)
    #expect(Linker.choose(toolchain, []) == nil)
    toolchain.hasMold = false
    #expect(Linker.choose(toolchain, [.gold, .mold]) == .gold)
    #expect(Linker.arguments(.mold) == ["-fuse-ld=mold"])
    #expect(Linker.isKnown(.mold, to: "/usr/bin/x86_64-linux-gnu-g++-12"))
    #expect(!Linker.isKnown(.mold, to: "/usr/bin/x86_64-linux-gnu-g++-11"))
    #expect(!Linker.isKnown(.mold, to: "/usr/bin/g++"))
  }

  private static let hello = "console.log('hello')"

  @Test("nothing is kept where the technique is off", arguments: [[], [.pch, .cache]] as [Set<Technique>])
  func off(techniques: Set<Technique>) throws {
    let fixture = try WarmFixture(pools: [:], techniques: techniques)
    #expect(fixture.executor.ready == [:])
    #expect(fixture.run(.javascript, Self.hello).start == .cold)
  }

  @Test("a program with other memory than the pool's starts cold; other time does not matter")
  func limits() throws {
    let fixture = try WarmFixture.shared.get()
    #expect(fixture.run(.javascript, Self.hello) { $0.memoryMB = 300 }.start == .cold)
    #expect(fixture.run(.javascript, Self.hello) { $0.fileBytes = 1 << 20 }.start == .cold)
    let quick = fixture.run(.javascript, "while (true);") { $0.cpuTimeMs = 200 }
    #expect(quick.start == .prewarmed && quick.error == "Time limit exceeded: the program used its 200 ms of CPU time")
    #expect(fixture.run(.javascript, Self.hello, start: .cold).start == .cold)
  }

  @Test("what was taken is replaced, and an empty pool is no error")
  func refill() throws {
    let fixture = try WarmFixture(pools: [.node: 1])
    for _ in 0..<3 { #expect(fixture.run(.javascript, Self.hello).start == .prewarmed) }
    fixture.waitUntilReady()
    let results = (0..<3).map { _ in
      fixture.executor.execute(ExecutionRequest(jobId: JobID(), code: Self.hello, language: .javascript))
    }
    #expect(results.allSatisfy { $0.result == "hello" })
    #expect(results[0].start == .prewarmed)
  }
}
