import Jobs
import Testing

extension Attacks {
  @Suite("Rows 10 to 13: memory")
  struct MemoryAttackTests {
    static let attacks: [Attack] = bombs + virtualMachine + swap + recursion

    private static let kinds: [(Language, [String])] = [
      (.cpp, ["heap", "sparse", "tmp", "shm", "memfd", "pipes", "sockets", "sysv"]), (.java, ["heap", "tmp"]),
      (.python, ["heap", "shared", "tmp", "memfd"]), (.javascript, ["heap", "buffers", "tmp"]),
    ]

    private static let bombs = kinds.flatMap { language, kinds in
      kinds.flatMap { kind in
        Attack.each(10, "10-memory-bomb", in: [language], with: [kind], [.memoryLimit], .says("Memory limit")) {
          // A runtime's own need is what is left to most languages of these.
          $0.memoryMB = language == .cpp || language == .python ? 48 : 128
          // Where the kernel kills one process at a time, those that are left wait for the end of the job.
          $0.wallTimeMs = 2_000
          // More than the memory, so that it is the memory that is full and not a disk.
          $0.fileBytes = 1 << 30
        }
      }
    }

    private static let virtualMachine =
      ["heap", "classes", "buffers"].flatMap { kind in
        Attack.each(11, "11-virtual-machine", in: [.java], with: [kind], [.memoryLimit]) { $0.memoryMB = 128 }
      }
      // Java says of threads that it ran out of memory; which limit it was is told by what refused them.
      + Attack.each(11, "11-virtual-machine", in: [.java], with: ["threads"], [.processLimit, .memoryLimit]) {
        $0.memoryMB = 128
        $0.processes = 10_000
      }

    private static let swap = Attack.each(12, "12-swap", in: [.cpp, .python], [.memoryLimit]) { $0.memoryMB = 48 }

    private static let recursion =
      Attack.each(13, "13-recursion", in: [.cpp], [.runtimeError], .signal(11))
      + Attack.each(13, "13-recursion", in: [.java], [.runtimeError], .says("StackOverflowError"))
      + Attack.each(13, "13-recursion", in: [.python], [.runtimeError], .says("RecursionError"))
      + Attack.each(13, "13-recursion", in: [.javascript], [.runtimeError], .says("RangeError"))

    @Test("memory has one limit and one verdict, whatever holds it", arguments: AttackedBackend.allCases, attacks)
    func attack(backend: AttackedBackend, attack: Attack) throws {
      try Attacks.expectContained(attack, on: backend)
    }
  }
}
