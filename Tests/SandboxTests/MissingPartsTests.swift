import HostSystem
import Sandbox
import Testing

@Suite("What is missing is said, with what to do")
struct MissingPartsTests {
  @Test("bubblewrap")
  func bubblewrap() {
    #expect(
      throws: SandboxError(.missing, "bubblewrap is not installed at /nowhere/bwrap: apt-get install bubblewrap")
    ) {
      try Sandbox(SandboxConfiguration(.bubblewrap, bubblewrap: "/nowhere/bwrap"))
    }
  }

  @Test("rce-init")
  func initProgram() throws {
    let error = #expect(throws: SandboxError.self) {
      try Sandbox(SandboxConfiguration(.bubblewrap, initProgram: "/nowhere/rce-init"))
    }
    #expect(error?.kind == .missing)
    #expect(error?.description.contains("/nowhere/rce-init") == true)
  }

  @Test("a bubblewrap that does not work")
  func broken() throws {
    let error = #expect(throws: SandboxError.self) {
      try Sandbox(SandboxConfiguration(.bubblewrap, bubblewrap: "/bin/false"))
    }
    #expect(error?.kind == .forbidden)
    #expect(error?.description.contains("exited with code 1") == true)
  }

  @Test("control groups: the sandbox says so and works on")
  func controlGroups() throws {
    let sandbox = try SandboxFixture.withoutControlGroups.get()
    #expect(sandbox.capabilities.controlGroup == "none")
    let outcome = try SandboxFixture.python("x = bytearray(30 << 20)", in: SandboxFixture.withoutControlGroups)
    #expect(outcome.end == .exited(0))
    #expect(outcome.peakMemoryBytes > 30 << 20)
    #expect(outcome.cpu > .zero)
  }

  @Test("a user on the host of its own: root's sandboxes work all the same")
  func asRoot() throws {
    let sandbox = Result { () throws(SandboxError) in try Sandbox(SandboxConfiguration(.bubblewrap, dropsRoot: false)) }
    #expect(try sandbox.get().hostUser == nil)
    let outcome = try SandboxFixture.shell("id -u; grep CapEff /proc/self/status", in: sandbox)
    #expect(outcome.text == "1000\nCapEff:\t0000000000000000\n")
  }
}
