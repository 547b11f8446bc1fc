import Jobs
import Testing

extension Attacks {
  @Suite("Rows 6 to 9: processes")
  struct ProcessAttackTests {
    static let attacks: [Attack] =
      Attack.each(6, "06-fork-bomb", [.timeout, .processLimit], .cpu(upTo: 600)) {
        $0.cpuTimeMs = 500
        $0.wallTimeMs = 2_000
        $0.processes = 40
      }
      + Attack.each(7, "07-thread-bomb", in: [.cpp, .java, .python], [.processLimit], .silent("5000 threads"))
      + Attack.each(8, "08-daemons", [nil], .output(Array("gone\n".utf8)))
      + Attack.each(9, "09-zombies", in: [.cpp, .python], [.processLimit], .silent("5000 zombies"))

    @Test("processes are counted, and end with the program", arguments: AttackedBackend.allCases, attacks)
    func attack(backend: AttackedBackend, attack: Attack) throws {
      try Attacks.expectContained(attack, on: backend)
    }
  }
}
