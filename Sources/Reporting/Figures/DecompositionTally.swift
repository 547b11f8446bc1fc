import Jobs
import RunRecords

/// Collects what decompositions are made from, one recorded job after the other.
struct DecompositionTally {
  /// A job that can be taken apart, by its place among the recorded ones.
  struct Ranked {
    var e2e: Int64
    var position: UInt32
  }

  /// Sums of parts over jobs.
  struct Sums {
    private(set) var count = 0
    /// Nanoseconds.
    private(set) var e2e = 0.0
    private var parts = Array(repeating: 0.0, count: Decomposition.Part.allCases.count)

    mutating func add(_ decomposition: Decomposition) {
      for (index, part) in DecompositionTally.parts.enumerated() { parts[index] += Double(decomposition[part]) }
      e2e += Double(decomposition.e2e)
      count += 1
    }

    /// Nanoseconds of a part.
    subscript(part: Decomposition.Part) -> Double { parts[DecompositionTally.parts.firstIndex(of: part) ?? 0] }
  }

  /// What is known of a language's jobs.
  struct Own {
    var ranked: [Ranked] = []
    /// Jobs that did not wait for an environment and whose program completed.
    var warm = Sums()
    /// Jobs that waited for one.
    var cold = Sums()
  }

  private static let parts = Decomposition.Part.allCases

  private let clock: RunClock
  private var position: UInt32 = 0
  private(set) var languages: [Language: Own] = [:]

  init(clock: RunClock) { self.clock = clock }

  mutating func add(_ job: JobRecord) {
    defer { position += 1 }
    guard let decomposition = Decomposition(job, on: clock) else { return }
    languages[job.language, default: Own()].ranked.append(Ranked(e2e: decomposition.e2e, position: position))
    if job.waitedForEnvironment == true {
      languages[job.language]?.cold.add(decomposition)
    } else if job.state == .completed {
      languages[job.language]?.warm.add(decomposition)
    }
  }

  /// Sums over some of the jobs, which are looked at once more: parts of all of them would fill the memory.
  func sums(of ranked: some Sequence<Ranked>, _ recorded: JobRecords) -> Sums {
    var sums = Sums()
    for place in ranked {
      if let decomposition = Decomposition(recorded[Int(place.position)], on: clock) { sums.add(decomposition) }
    }
    return sums
  }
}
