import Jobs
import Testing

extension Attacks {
  @Suite("Rows 1 to 5: time")
  struct TimeAttackTests {
    static let attacks: [Attack] = endless + waiting

    /// Milliseconds that the CPU time may be over the limit when a program is stopped.
    private static let overshoot = 15.0

    private static let endless =
      Attack.each(1, "01-endless-loop", [.timeout], .says("CPU time"), .cpu(upTo: 500 + overshoot), .signal(9)) {
        $0.cpuTimeMs = 500
      }
      + Attack.each(4, "04-ignore-signals", [.timeout], .says("CPU time"), .cpu(upTo: 500 + overshoot), .signal(9)) {
        $0.cpuTimeMs = 500
      }

    private static let waiting =
      Attack.each(
        2, "02-sleep", in: [.cpp, .python], [.timeout], .says("wall-clock"), .cpu(upTo: 50), .wall(upTo: 650)
      ) {
        $0.wallTimeMs = 600
      }
      // What the virtual machines need to start is more than sleeping.
      + Attack.each(
        2, "02-sleep", in: [.java, .javascript], [.timeout], .says("wall-clock"), .cpu(upTo: 300), .wall(upTo: 650)
      ) {
        $0.wallTimeMs = 600
      }
      + Attack.each(3, "03-stdin", [nil], .output(Array("0\n".utf8)))
      + Attack.each(3, "03-stdin", with: ["unread"], [nil], .output(Array("0\n".utf8))).map { attack in
        var attack = attack
        attack.stdin = String(repeating: "never read\n", count: 100_000)
        return attack
      }
      + Attack.each(5, "05-stop", [.timeout], .says("wall-clock"), .wall(upTo: 650)) { $0.wallTimeMs = 600 }

    @Test("no program gets more time than it may", arguments: AttackedBackend.allCases, attacks)
    func attack(backend: AttackedBackend, attack: Attack) throws {
      try Attacks.expectContained(attack, on: backend)
    }
  }
}
