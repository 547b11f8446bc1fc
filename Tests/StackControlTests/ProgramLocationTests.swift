import StackControl
import Testing

@Suite("The location of programs")
struct ProgramLocationTests {
  @Test("names a missing program of the system, its package and what to do")
  func missingSystemProgram() {
    let error = #expect(throws: StackError.self) {
      try ProgramLocation.system("redis-server-of-nowhere", package: "redis-server")
    }
    #expect(error?.kind == .configuration)
    #expect(error?.message.contains("redis-server-of-nowhere is not installed") == true)
    #expect(error?.hint.contains("apt-get install redis-server") == true)
  }

  @Test("names a missing program of its own and how to build it")
  func missingOwnProgram() {
    let error = #expect(throws: StackError.self) { try ProgramLocation(directory: "/nonexistent").own("rce-api") }
    #expect(error?.message == "the program rce-api is not in /nonexistent")
    #expect(error?.hint.contains("make build") == true)
  }

  @Test("finds a program in PATH")
  func present() throws {
    #expect(try ProgramLocation.system("sh", package: "dash").hasSuffix("/sh"))
  }
}
