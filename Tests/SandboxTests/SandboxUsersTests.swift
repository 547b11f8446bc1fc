import Sandbox
import Testing

@Suite("The host user of a sandbox")
struct SandboxUserTests {
  @Test(
    "is one of the supervisor's own where the user namespace knows it, else nobody, else none",
    arguments: [
      ("         0          0 4294967295\n", SandboxUser.base + 77),
      ("0 100000 65536\n", SandboxUser.fallback),
      ("0 1000 1\n", nil),
      ("", nil),
    ] as [(String, UInt32?)])
  func choice(map: String, user: UInt32?) {
    #expect(SandboxUser.choose(userMap: map, groupMap: map, process: 77) == user)
  }

  @Test("must be known as a group, too")
  func group() {
    #expect(SandboxUser.choose(userMap: "0 0 4294967295", groupMap: "0 0 1", process: 77) == nil)
  }
}
