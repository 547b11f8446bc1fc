import HostSystem
import Jobs
import Testing

extension Attacks {
  @Suite("Rows 17 to 19: files")
  struct DiskAttackTests {
    static let attacks: [Attack] = disk + names + box

    private static let disk =
      Attack.each(17, "17-disk", with: ["big"], [.diskLimit]) { $0.fileBytes = 4 << 20 }
      + Attack.each(17, "17-disk", with: ["sparse"], [.diskLimit]) { $0.fileBytes = 4 << 20 }
      + Attack.each(17, "17-disk", in: [.cpp, .python], with: ["fallocate"], [.diskLimit]) { $0.fileBytes = 4 << 20 }
      // Where inodes are not counted, the memory that they take is.
      + Attack.each(17, "17-disk", in: [.cpp, .python], with: ["small"], [.diskLimit, .memoryLimit]) {
        $0.memoryMB = 48
      }
      + Attack.each(17, "17-disk", in: [.java, .javascript], with: ["small"], [.diskLimit, .memoryLimit]) {
        $0.memoryMB = 96
      }

    private static let names =
      Attack.each(18, "18-names", in: [.cpp, .python, .javascript], [nil], .silent("FAIL"))
      + Attack.each(18, "18-names", in: [.java], [nil], .output(Array("2000 deep\n".utf8)))

    private static let box = Attack.each(19, "19-own-box", [nil], .output(Array("done\n".utf8)))

    @Test("disks are limited, and nothing of them stays", arguments: AttackedBackend.allCases, attacks)
    func attack(backend: AttackedBackend, attack: Attack) throws {
      try Attacks.expectContained(attack, on: backend)
    }

    @Test("directories without end are gone as fast as empty ones", arguments: AttackedBackend.allCases)
    func cleanup(backend: AttackedBackend) throws {
      let bench = try Attacks.bench(backend)
      let deep = try #require(Self.names.first { $0.language == .python })
      var shallow = deep
      shallow.generated = "print(1)"
      // Milliseconds that are not the program's own: setting up, and taking down.
      func overhead(_ attack: Attack) throws -> Double {
        let start = MonotonicInstant.now
        let result = try bench.execute(attack)
        return Double(MonotonicInstant.now - start) / 1e6 - result.details.wallTimeMs
      }
      var smallest = Double.infinity
      for _ in 0..<5 where smallest >= 20 { smallest = min(smallest, try overhead(deep) - overhead(shallow)) }
      #expect(smallest < 20)
    }
  }
}
