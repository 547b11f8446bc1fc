import CodeExecution
import HostSystem
import Jobs

/// A small program that behaves, and how long it takes where nothing is wrong.
struct HonestJob: Sendable {
  private let executor: CodeExecutor
  /// Milliseconds that it takes on this machine.
  let median: Double
  /// Milliseconds of the same interpreter without an executor.
  private let rawMedian: Double
  /// Milliseconds that the scheduler of a machine with others on it may add once.
  private static let slack = 20.0

  /// Measures it.
  init(_ executor: CodeExecutor) throws {
    self.executor = executor
    // The first finds the interpreter's files on disk.
    _ = Self.run(executor)
    median = Self.median((0..<9).map { _ in Self.run(executor).milliseconds })
    rawMedian = Self.median((0..<9).map { _ in Self.raw() })
  }

  /// Milliseconds that it may take while the machine is slower by this factor.
  func bound(slowdown: Double) -> Double {
    2 * median * slowdown + Self.slack
  }

  /// How much slower the machine is now than it was.
  func slowdown() -> Double {
    max(1, Self.median((0..<3).map { _ in Self.raw() }) / rawMedian)
  }

  /// Runs it once.
  func run() -> (problem: String?, milliseconds: Double) {
    Self.run(executor)
  }

  private static func run(_ executor: CodeExecutor) -> (problem: String?, milliseconds: Double) {
    let start = MonotonicInstant.now
    let result = executor.execute(ExecutionRequest(jobId: JobID(), code: "print(6 * 7)", language: .python))
    let milliseconds = Double(MonotonicInstant.now - start) / 1e6
    return (result.error == nil && result.result == "42" ? nil : result.error ?? result.result, milliseconds)
  }

  private static func raw() -> Double {
    let start = MonotonicInstant.now
    if let child = try? ChildProcess(ProcessRequest("/usr/bin/python3", ["-I", "-c", "6 * 7"])) {
      _ = try? child.wait()
    }
    return Double(MonotonicInstant.now - start) / 1e6
  }

  /// The value in the middle.
  static func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }
}
