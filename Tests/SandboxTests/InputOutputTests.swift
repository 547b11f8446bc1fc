import HostSystem
import Sandbox
import Testing

@Suite("Input and output are exact and bounded", .onEachBackend)
struct InputOutputTests {
  @Test("every byte comes through as it was written, invalid UTF-8 included")
  func exactBytes() throws {
    let bytes = (0..<1_000).flatMap { _ in UInt8.min...UInt8.max }
    let outcome = try SandboxFixture.shell("cat; cat /dev/stdin >&2", stdin: bytes)
    // Compared outside of #expect, which would look for the shortest edit between two long arrays.
    let isExact = outcome.stdout == bytes
    #expect(isExact)
    // Opened anew, standard input is read from its start.
    let isRepeated = outcome.stderr == bytes
    #expect(isRepeated)
  }

  @Test("standard output and standard error stay apart")
  func apart() throws {
    let outcome = try SandboxFixture.shell("echo out; echo err >&2")
    #expect(outcome.text == "out\n")
    #expect(outcome.errorText == "err\n")
  }

  @Test("a large input that nobody reads blocks nobody")
  func unreadInput() throws {
    let outcome = try SandboxFixture.shell("exit 3", stdin: [UInt8](repeating: 65, count: 8 << 20))
    #expect(outcome.end == .exited(3))
  }

  @Test("a large input arrives whole")
  func largeInput() throws {
    let outcome = try SandboxFixture.shell("wc -c", stdin: [UInt8](repeating: 65, count: 8 << 20))
    #expect(outcome.text == "8388608\n")
  }

  @Test("an empty input ends at once")
  func emptyInput() throws {
    #expect(try SandboxFixture.shell("wc -c").text == "0\n")
  }

  @Test("output at the cap is whole")
  func atTheCap() throws {
    let outcome = try SandboxFixture.shell("head -c 60000 /dev/zero; head -c 40000 /dev/zero >&2") {
      $0.outputBytes = 100_000
    }
    #expect(outcome.end == .exited(0))
    #expect(outcome.exceeded == nil)
    #expect(!outcome.truncated)
    #expect(outcome.stdout.count + outcome.stderr.count == 100_000)
  }

  @Test("one byte beyond the cap is too many, even where the program ends by itself")
  func beyondTheCap() throws {
    let outcome = try SandboxFixture.shell("head -c 100001 /dev/zero") { $0.outputBytes = 100_000 }
    #expect(outcome.exceeded == .output)
    #expect(outcome.truncated)
    #expect(outcome.stdout.count == 100_000)
  }

  @Test(
    "a flood is stopped while it is read, and what came first is kept",
    arguments: ["yes", "yes >&2", "yes & yes >&2", "yes | tee /dev/stderr"])
  func flood(script: String) throws {
    let outcome = try SandboxFixture.shell(script) { $0.outputBytes = 1 << 20 }
    #expect(outcome.exceeded == .output)
    #expect(outcome.truncated)
    #expect(outcome.stdout.count + outcome.stderr.count == 1 << 20)
    #expect(outcome.wall < .seconds(10))
  }
}
