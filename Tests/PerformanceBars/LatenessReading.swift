import FoundationEssentials
import StackControl

/// The generator's lateness, read from a run's `summary.json`.
struct LatenessReading {
  let p50: Double
  let p99: Double
  let jobs: Int

  /// Reads the one run in a folder of runs.
  init(runs: String) throws {
    throw StackError(.failed, runs)
  }
}
