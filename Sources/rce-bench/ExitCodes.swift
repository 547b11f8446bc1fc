import ArgumentParser
import Glibc
import Reporting

/// What `rce-bench` exits with; every way to end has a number of its own, so that scripts can tell them apart.
enum BenchExit {
  /// Done, and every threshold was met.
  static let success = ExitCode(0)
  /// Bad configuration or usage: the message says file, line, what and what to do.
  static let badConfiguration = ExitCode(2)
  /// A threshold failed.
  static let thresholdFailed = ExitCode(3)
  /// The candidate is slower than its baseline, or fails more often.
  static let regression = ExitCode(4)
  /// The run is INVALID as a measurement.
  static let invalidRun = ExitCode(5)
  /// The target could not be reached.
  static let targetUnreachable = ExitCode(6)
  /// Stopped by an `abort` threshold or by `max_cost`.
  static let aborted = ExitCode(7)
  /// Interrupted by Ctrl-C; a PARTIAL report was written.
  static let interrupted = ExitCode(130)
  /// Terminated; a PARTIAL report was written.
  static let terminated = ExitCode(143)
  /// The terminal hung up; a PARTIAL report was written.
  static let hungUp = ExitCode(129)

  /// The code of a run, which for an interrupted one says by what.
  static func code(of verdict: RunVerdict, after signal: Int32?) -> ExitCode {
    verdict.exitCode == interrupted.rawValue ? code(after: signal) : ExitCode(verdict.exitCode)
  }

  /// The code of what a signal has ended.
  static func code(after signal: Int32?) -> ExitCode {
    switch signal {
    case SIGTERM: terminated
    case SIGHUP: hungUp
    default: interrupted
    }
  }
}
