public import HostSystem

/// The self-test: the real generator against a platform whose behaviour is known, the truth beside what was measured.
public struct SelfTest: Sendable {
  /// What is going on, for a live line.
  public struct Progress: Sendable, Hashable {
    /// Cases that have ended, and how many there are.
    public var done: Int
    /// Cases in all.
    public var count: Int
    /// The cases that run, with seconds so far and about how many they take.
    public var running: [Running]

    /// A case that runs.
    public struct Running: Sendable, Hashable {
      /// Its name.
      public var name: String
      /// Seconds since it began.
      public var elapsed: Double
      /// Seconds that it takes, about.
      public var expected: Double
    }
  }

  private let cases: [SelfTestCase]

  /// A self-test of some cases.
  public init(_ cases: [SelfTestCase]) {
    self.cases = cases
  }

  /// Runs the cases, those that can bear it at the same time, and returns what came of them in their order.
  ///
  /// - Parameter progress: called about four times a second, on the calling thread.
  public func run(_ progress: (Progress) -> Void) throws(SystemCallError) -> [SelfTestResult] {
    let together = cases.indices.filter { cases[$0].company == .together }
    let alone = cases.indices.filter { cases[$0].company == .alone }.map { [$0] }
    var results: [Int: SelfTestResult] = [:]
    for stage in [together] + alone where !stage.isEmpty {
      let done = results.count
      results.merge(try run(stage, done: done, progress)) { $1 }
    }
    return cases.indices.compactMap { results[$0] }
  }

  private func run(
    _ stage: [Int], done: Int, _ progress: (Progress) -> Void
  ) throws(SystemCallError) -> [Int: SelfTestResult] {
    let results = Lock<[Int: SelfTestResult]>([:])
    let start = MonotonicInstant.now
    for index in stage {
      let entry = cases[index]
      _ = try NativeThread(named: "case") {
        let result = entry.run()
        results.withLock { $0[index] = result }
        results.notifyAll()
      }
    }
    while true {
      let elapsed = Double(MonotonicInstant.now - start) / 1e9
      let ended = results.withLock { $0 }
      let running = stage.filter { ended[$0] == nil }.map {
        Progress.Running(name: cases[$0].name, elapsed: elapsed, expected: cases[$0].seconds)
      }
      progress(Progress(done: done + ended.count, count: cases.count, running: running))
      if running.isEmpty { return ended }
      _ = results.wait(until: .now + 250_000_000) { $0.count > ended.count ? true : nil }
    }
  }
}
