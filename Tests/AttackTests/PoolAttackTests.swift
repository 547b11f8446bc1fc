import CodeExecution
import Glibc
import HostSystem
import Jobs
import TestServices
import Testing

extension Attacks {
  /// The attacks again, on processes that were ready before them: what they are copied from or handed to must be as
  /// hard to get out of as what starts for them, and nothing may stay in it.
  @Suite("Attacks on what is kept ready")
  struct PoolAttackTests {
    /// What a job is started with where its language has a pool.
    private static let starts: [Language: StartKind] = [
      .python: .zygote, .java: .prewarmed, .javascript: .prewarmed,
    ]

    /// Those whose language has a pool, with the limits that a process must be booted for; the others would start cold.
    private static var attacks: [Attack] {
      Attacks.all.filter { starts[$0.language] != nil && $0.limits.fileBytes < 1 << 30 }
        // With that much memory it takes a busy machine too long to start as many threads as fill it.
        .filter { $0.arguments != ["threads"] }.map(booted)
    }

    private static func booted(_ attack: Attack) -> Attack {
      let usual = ResourceLimits()
      var attack = attack
      attack.limits.memoryMB = usual.memoryMB
      attack.limits.fileBytes = usual.fileBytes
      // More than this is not handed to a process that waits.
      attack.stdin = String(attack.stdin.prefix(800_000))
      return attack
    }

    @Test("every attack ends as it does in a process of its own, and the next honest job is served as before")
    func oneAfterAnother() throws {
      try Self.onPools { bench in
        var problems: [String] = []
        var used: Set<Language> = []
        for attack in Self.attacks {
          let found = try Self.execute(attack, bench)
          problems += found.problems.map { "\(attack.testDescription): \($0)" }
          if found.isFromPool { used.insert(attack.language) }
          let honest = bench.honest.run()
          if let problem = honest.problem { problems.append("\(attack.testDescription): P4 \(problem)") }
        }
        #expect(used == Set(Self.starts.keys))
        return problems
      }
    }

    @Test("a job finds nothing of the one that was copied from the same process before it")
    func pairs() throws {
      try Self.onPools { bench in
        try PairAttackTests.oneAfterAnother.filter { Self.starts[$0.first.language] != nil }.flatMap { pair in
          try [pair.first, pair.second].map(Self.booted).flatMap { attack in
            try Self.execute(attack, bench).problems.map { "\(attack.testDescription): \($0)" }
          }
        }
      }
    }

    /// Executes an attack once everything is ready; a figure may be missed as often as in the other tests.
    private static func execute(
      _ attack: Attack, _ bench: AttackBench
    ) throws -> (problems: [String], isFromPool: Bool) {
      var isFromPool = false
      let problems = try AttackRun.attempt(attack) {
        guard bench.waitUntilReady() else { return ["the pools were not filled again"] }
        let result = try bench.execute(attack)
        isFromPool = result.start == starts[attack.language]
        var problems = attack.problems(in: result, on: bench.backend) + bench.canary.leaks(in: result)
        // A program that its compiler refused was not started.
        if !isFromPool, result.finishedAt != result.compiledAt {
          problems.append("its start was \(result.start?.rawValue ?? "not told")")
        }
        return problems
      }
      return (problems, isFromPool)
    }

    /// Hands out an executor with every pool; once it is given up nothing of it may be left.
    private static func onPools(_ body: (AttackBench) throws -> [String]) throws {
      let shared = try Attacks.bench(.jail)
      let before = HostState(products: shared.products)
      let problems = try found(shared, body) + AttackRun(bench: shared).remains(since: before)
      #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
    }

    private static func found(_ shared: AttackBench, _ body: (AttackBench) throws -> [String]) throws -> [String] {
      let prepared = try TemporaryDirectory(named: "attack-pools")
      // Sandboxes' users pass through it.
      chmod(prepared.path, 0o711)
      let bench = try AttackBench(
        .jail, products: shared.products, canary: shared.canary, listeners: shared.listeners,
        pools: [.python: 1, .node: 1, .java: 1, .javac: 1], prepared: prepared.path + "/files")
      defer { bench.stop() }
      return try body(bench)
    }
  }
}
