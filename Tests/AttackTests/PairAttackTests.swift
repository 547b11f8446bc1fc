import HostSystem
import Jobs
import Testing

extension Attacks {
  @Suite("Rows 28 to 30, 32 and 33: two jobs")
  struct PairAttackTests {
    /// Two programs, the second of which looks for what the first one is or was.
    struct Pair: Sendable, CustomTestStringConvertible {
      var first: Attack
      var second: Attack

      var testDescription: String { "\(first.row) \(first.folder) \(first.language.rawValue)" }
    }

    static let oneAfterAnother: [Pair] =
      pairs(28, "28-used-network", [.python]) { first, second in
        first = [.output(Array("used\n".utf8))]
        second = [.probes(["bytes", "datagrams", "labels"])]
      }
      + pairs(29, "29-keys", [.cpp, .python]) { first, second in
        first = [.probes(["add-key-session", "add-key-user", "join-session", "link", "persistent"])]
        second = [.probes(["request-key", "search", "/proc/keys", "/proc/key-users"])]
      }
      + pairs(32, "32-marks", Language.allCases) { first, second in
        first = [.output(Array("True\n".utf8))]
        second = [.output(Array("nothing\n".utf8))]
      }
      + pairs(33, "33-shared-objects", [.cpp, .python]) { first, second in
        first = [.output(Array("made\n".utf8))]
        second = [
          .probes([
            "shared-memory", "semaphore", "messages", "posix-messages", "posix-semaphore", "posix-memory",
          ])
        ]
      }

    static let sideBySide: [Pair] =
      pairs(28, "28-listener", [.python]) { first, second in
        first = [.output(Array("nobody called\n".utf8))]
        second = [.output(Array("met nobody\n".utf8))]
      }
      + pairs(30, "30-locks", [.python]) { first, second in
        first = [.output(Array("done\n".utf8))]
        second = [.probes(["write-lock", "read-lease", "write-lease", "lock-seen"])]
      }

    private static func pairs(
      _ row: Int, _ folder: String, _ languages: [Language],
      _ checks: (_ first: inout [Check], _ second: inout [Check]) -> Void
    ) -> [Pair] {
      var first: [Check] = []
      var second: [Check] = []
      checks(&first, &second)
      return languages.map { language in
        Pair(
          first: Attack(
            row: row, folder: folder, language: language, file: name("first", language), verdicts: [nil], checks: first),
          second: Attack(
            row: row, folder: folder, language: language, file: name("second", language), verdicts: [nil],
            checks: second))
      }
    }

    private static func name(_ stem: String, _ language: Language) -> String {
      switch language {
      case .cpp: stem + ".cpp"
      case .java: (stem == "first" ? "First" : "Second") + ".java"
      case .python: stem + ".py"
      default: stem + ".js"
      }
    }

    @Test("a job finds nothing of the one before it", arguments: AttackedBackend.allCases, oneAfterAnother)
    func consecutive(backend: AttackedBackend, pair: Pair) throws {
      try Attacks.expectContained(pair.first, on: backend)
      try Attacks.expectContained(pair.second, on: backend)
    }

    @Test("a job meets nobody who runs beside it", arguments: AttackedBackend.allCases, sideBySide)
    func parallel(backend: AttackedBackend, pair: Pair) throws {
      let bench = try Attacks.bench(backend)
      let before = HostState(products: bench.products)
      let problems = Lock<[String]>([])
      let threads = try [pair.first, pair.second].map { attack in
        try NativeThread(named: "attack") {
          let found = Result { attack.problems(in: try bench.execute(attack), on: backend) }
          problems.withLock { $0 += (try? found.get()) ?? ["\(found)"] }
        }
      }
      for thread in threads { thread.join() }
      let all = problems.withLock { $0 } + AttackRun(bench: bench).remains(since: before)
      #expect(all.isEmpty, "\(all.joined(separator: "\n"))")
    }

    @Test("a lock on a file of the system ends with its job", arguments: AttackedBackend.allCases)
    func lockAfterwards(backend: AttackedBackend) throws {
      var attack = try #require(Self.sideBySide.first { $0.first.row == 30 }).first
      try Attacks.expectContained(attack, on: backend)
      attack.file = "after.py"
      attack.checks = [.output(Array("free\n".utf8))]
      try Attacks.expectContained(attack, on: backend)
    }
  }
}
