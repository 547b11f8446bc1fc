import Sandbox
import Testing

@Suite("The host users of a supervisor's sandboxes")
struct SandboxUsersTests {
  private static let everyone = "         0          0 4294967295\n"

  @Test("are a range of the supervisor's own, of which each program gets the next")
  func fresh() throws {
    let users = try #require(SandboxUsers(userMap: Self.everyone, groupMap: Self.everyone, process: 3))
    #expect(users.shared == SandboxUsers.base + 3 * 8_192)
    #expect(users.areFresh)
    #expect((0..<3).map { _ in users.fresh() } == (1...3).map { users.shared + $0 })
  }

  @Test("come again only after all others, and never the one that compilers share")
  func wrap() throws {
    let users = try #require(SandboxUsers(userMap: Self.everyone, groupMap: Self.everyone, process: 0))
    let round = (1..<SandboxUsers.count).map { _ in users.fresh() }
    #expect(Set(round).count == round.count && !round.contains(users.shared))
    #expect(users.fresh() == users.shared + 1)
  }

  @Test("stay below 2^31, whatever the supervisor's number", arguments: [1, 29_999, 4_194_303])
  func range(process: Int32) throws {
    let users = try #require(SandboxUsers(userMap: Self.everyone, groupMap: Self.everyone, process: process))
    #expect(users.shared + SandboxUsers.count - 1 <= UInt32(Int32.max))
    #expect(users.shared >= SandboxUsers.base)
  }

  @Test("are nobody, and so not fresh, where the user namespace knows few")
  func few() throws {
    let map = "0 100000 65536\n"
    let users = try #require(SandboxUsers(userMap: map, groupMap: map, process: 77))
    #expect(users.shared == SandboxUsers.fallback && users.fresh() == SandboxUsers.fallback)
    #expect(!users.areFresh)
  }

  @Test("are none where not even nobody is known, as a user and as a group", arguments: ["0 1000 1\n", ""])
  func none(map: String) {
    #expect(SandboxUsers(userMap: map, groupMap: map, process: 77) == nil)
    #expect(SandboxUsers(userMap: Self.everyone, groupMap: map, process: 77) == nil)
  }
}
