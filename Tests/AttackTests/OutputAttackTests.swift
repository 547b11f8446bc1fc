import FoundationEssentials
import Jobs
import Testing

extension Attacks {
  @Suite("Rows 14 to 16 and 55: output")
  struct OutputAttackTests {
    static let attacks: [Attack] = floods + drips + bytes + markers

    private static let floods = ["1", "2", "both"].flatMap { stream in
      Attack.each(14, "14-flood", with: [stream], [.outputLimit], .truncated) { $0.outputBytes = 256 << 10 }
    }

    private static let drips = Attack.each(
      15, "15-drip", [.timeout], .says("wall-clock"), .begins("."), .wall(upTo: 650)
    ) { $0.wallTimeMs = 600 }

    /// What the programs of row 16 write.
    private static var awkward: [UInt8] {
      let start = Array<UInt8>(0...255) + [0xef, 0xbb, 0xbf, 0xed, 0xa0, 0x80, 0xc0, 0xaf, 0, 13, 10]
      let filling = Array(repeating: UInt8(ascii: "x"), count: 65_534 - start.count)
      return start + filling + [0xf0, 0x9f, 0x98, 0x80, 0xf0, 0x9f]
    }

    private static let bytes = Attack.each(16, "16-bytes", [nil], .output(awkward))

    private static let markers = Attack.each(55, "55-markers", [nil], .begins("{\"errorType\":\"internal_error\""))

    @Test("output is cut at the cap and exact to the byte", arguments: AttackedBackend.allCases, attacks)
    func attack(backend: AttackedBackend, attack: Attack) throws {
      try Attacks.expectContained(attack, on: backend)
    }

    @Test("bytes that are no text survive JSON", arguments: AttackedBackend.allCases)
    func encoded(backend: AttackedBackend) throws {
      let attack = try #require(Self.bytes.first { $0.language == .python })
      let details = try Attacks.bench(backend).execute(attack).details
      let read = try JSONDecoder().decode(ExecutionDetails.self, from: JSONEncoder().encode(details))
      #expect(read.stdout.bytes == Self.awkward)
    }

    @Test("a flood costs the executor less than twice the cap", arguments: AttackedBackend.allCases)
    func executorMemory(backend: AttackedBackend) throws {
      let cap = 16 << 20
      let attack = Attack.each(14, "14-flood", in: [.cpp], with: ["both"], [.outputLimit]) { $0.outputBytes = cap }[0]
      let bench = try Attacks.bench(backend)
      var smallest = Int.max
      // What else this process does meanwhile counts as well, so it may be missed, but not each time.
      for _ in 0..<3 where smallest >= 2 * cap {
        let before = try OwnMemory.resetPeak()
        let result = try bench.execute(attack)
        smallest = min(smallest, OwnMemory.peak() - before)
        #expect(result.details.stdout.bytes.count + result.details.stderr.bytes.count == cap)
      }
      #expect(smallest < 2 * cap)
    }
  }
}
