import HostSystem
import Sandbox
import Testing

@Suite("How a program ended is told exactly", .onEachBackend)
struct ProgramEndTests {
  @Test("every exit code, also those that shells use for signals")
  func exitCodes() throws {
    for code in 0...255 {
      let outcome = try SandboxFixture.shell("exit \(code)")
      #expect(outcome.end == .exited(Int32(code)))
      #expect(outcome.exceeded == nil)
    }
  }

  @Test(
    "every signal that ends a process",
    arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 24, 26, 27, 29, 30, 31])
  func signals(number: Int32) throws {
    let outcome = try SandboxFixture.shell("kill -\(number) $$")
    #expect(outcome.end == .signalled(number))
    #expect(outcome.exceeded == nil)
  }

  @Test("abort() is SIGABRT and not a segmentation fault, since the program is not pid 1")
  func abort() throws {
    let outcome = try SandboxFixture.python("import os; print(os.getpid(), flush=True); os.abort()")
    #expect(outcome.end == .signalled(6))
    #expect(outcome.text != "1\n")
  }

  @Test("a program that is not there is an error of the request")
  func missingProgram() {
    #expect(throws: SandboxError(.setup, "the program cannot be started: No such file or directory")) {
      try SandboxFixture.run(["/usr/bin/no-such-program"])
    }
  }

  @Test("arguments that no kernel takes are refused in words")
  func badArguments() {
    #expect(throws: SandboxError.self) { try SandboxFixture.run(["/bin/echo", "a\0b"]) }
    #expect(throws: SandboxError.self) { try SandboxFixture.run(["echo"]) }
    #expect(throws: SandboxError.self) {
      try SandboxFixture.run(["/bin/echo", String(repeating: "x", count: 200_000)])
    }
  }

  @Test("wall and CPU time are the program's own, without the sandbox's")
  func figures() throws {
    let outcome = try SandboxFixture.shell("sleep 0.2")
    #expect(outcome.wall >= .milliseconds(200))
    #expect(outcome.cpu < .milliseconds(150))
    #expect(outcome.peakMemoryBytes > 100_000)
  }
}
