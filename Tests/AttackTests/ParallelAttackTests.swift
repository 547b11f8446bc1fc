import HostSystem
import Testing

extension Attacks {
  @Suite("All attacks at once")
  struct ParallelAttackTests {
    /// What the threads find out together.
    private struct Findings: Sendable {
      var problems: [String] = []
      var honestMilliseconds: [Double] = []
    }

    private static let workers = 2

    @Test(
      "no attack changes what comes of an honest job beside it, or of another attack",
      arguments: AttackedBackend.allCases)
    func together(backend: AttackedBackend) throws {
      let bench = try Attacks.bench(backend)
      let before = HostState(products: bench.products)
      var bound = bench.honest.bound(slowdown: bench.honest.slowdown())
      let attacks = Attacks.all
      let next = Lock(0)
      let findings = Lock(Findings())
      let threads = try (0..<Self.workers).map { _ in
        try NativeThread(named: "attack") {
          while let index = Self.take(next, below: attacks.count) { Self.attack(with: attacks[index], bench, findings) }
        }
      }
      for thread in threads { thread.join() }
      let found = findings.withLock { $0 }
      let problems = found.problems + AttackRun(bench: bench).remains(since: before)
      #expect(problems.isEmpty, "\(problems.joined(separator: "\n"))")
      #expect(found.honestMilliseconds.count == attacks.count)
      // Neighbours of this machine that came meanwhile are not the attacks' doing.
      bound = max(bound, bench.honest.bound(slowdown: bench.honest.slowdown()))
      #expect(HonestJob.median(found.honestMilliseconds) <= bound)
    }

    private static func take(_ next: Lock<Int>, below end: Int) -> Int? {
      next.withLock { next in
        guard next < end else { return nil }
        defer { next += 1 }
        return next
      }
    }

    /// One attack, then an honest job while another thread's attack goes on.
    private static func attack(with attack: Attack, _ bench: AttackBench, _ findings: Lock<Findings>) {
      var attack = attack
      // Beside another attack figures are not exact; that they are is tested where a program is alone.
      attack.checks.removeAll(where: \.isMeasured)
      var problems: [String]
      do {
        let result = try bench.execute(attack)
        problems = attack.problems(in: result, on: bench.backend) + bench.canary.leaks(in: result)
      } catch {
        problems = ["\(error)"]
      }
      let (problem, milliseconds) = bench.honest.run()
      if let problem { problems.append("the honest job after it: \(problem)") }
      findings.withLock {
        $0.problems += problems.map { "\(attack.testDescription): \($0)" }
        $0.honestMilliseconds.append(milliseconds)
      }
    }
  }
}
