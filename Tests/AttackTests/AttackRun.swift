import HostSystem
import Jobs

/// Runs attacks and looks at what they left: the post-conditions P1 to P5 of README.md.
struct AttackRun {
  let bench: AttackBench
  /// How often a figure may be missed on a machine that others use, too, before it counts.
  private static let attempts = 3
  /// The same for the honest job: what an attack had done to the executor would slow down each.
  private static let honestAttempts = 8
  /// How long what is already dying may take to be gone; nothing else ever goes.
  private static let patience: Int64 = 30_000_000_000

  /// Executes an attack, and returns what is wrong with its result and with the host afterwards.
  func problems(of attack: Attack) throws -> [String] {
    let before = HostState(products: bench.products)
    let problems = try Self.attempt(attack) {
      let result = try bench.execute(attack)
      return attack.problems(in: result, on: bench.backend) + bench.canary.leaks(in: result)
    }
    return problems + remains(since: before) + honestJob()
  }

  /// The problems of the first attempt at an attack without any, or of the last one.
  static func attempt(_ attack: Attack, _ body: () throws -> [String]) throws -> [String] {
    let isMeasured = attack.checks.contains(where: \.isMeasured)
    var problems = try body()
    for _ in 1..<attempts where isMeasured && !problems.isEmpty { problems = try body() }
    return problems
  }

  /// P1, P2, P3: what was not there before and does not go.
  func remains(since before: HostState) -> [String] {
    let deadline = MonotonicInstant.now + Self.patience
    var left = HostState(products: bench.products).growth(since: before)
    // Only what was there right after the job: other tests of this process come and go.
    while !left.isEmpty && MonotonicInstant.now < deadline {
      left.formIntersection(HostState(products: bench.products).things)
    }
    return left.sorted()
  }

  /// P4: the next honest job succeeds, and takes at most twice as long as it did before any attack.
  ///
  /// What a neighbour slows down it slows down outside of the executor, too: that is measured beside it and allowed for.
  private func honestJob() -> [String] {
    var fastest = Double.infinity
    var bound = bench.honest.bound(slowdown: 1)
    for _ in 0..<Self.honestAttempts {
      let (problem, milliseconds) = bench.honest.run()
      if let problem { return ["P4 the next honest job failed: \(problem)"] }
      fastest = min(fastest, milliseconds)
      if fastest <= bound { return [] }
      bound = max(bound, bench.honest.bound(slowdown: bench.honest.slowdown()))
    }
    return ["P4 the next honest job took \(fastest) ms, allowed are \(bound) ms"]
  }
}
