import Testing

extension Attacks {
  @Suite("Time")
  struct TimeAttackTests {
    static let attacks: [Attack] =
      Attack.each(1, "01-endless-loop", [.timeout], .says("CPU time"), .cpu(upTo: 515), .signal(9)) {
        $0.cpuTimeMs = 500
      }

    @Test("a program that takes its time gets no more than it may", arguments: AttackedBackend.allCases, attacks)
    func time(backend: AttackedBackend, attack: Attack) throws {
      let problems = try Attacks.problems(of: attack, on: backend)
      #expect(problems == [])
    }
  }
}
