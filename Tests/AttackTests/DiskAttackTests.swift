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
  }
}
