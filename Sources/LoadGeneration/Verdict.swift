import Digests
import Jobs
package import RunRecords
package import Scenarios

/// How a terminal status counts against what the scenario expects.
package struct Verdict: Sendable, Equatable {
  package let outcome: JobOutcome
  package let reason: JobReason?

  package init(_ outcome: JobOutcome, _ reason: JobReason? = nil) {
    self.outcome = outcome
    self.reason = reason
  }

  /// Judges a terminal status.
  ///
  /// An error that was not expected is the platform's (`failed`); everything else that differs is a `wrong_result`.
  package init(of answer: StatusAnswer, expecting expectation: Expectation) {
    if answer.state == .failed, expectation.state != .failed {
      self.init(.failed, .unexpectedError(answer.errorType))
    } else if answer.state != expectation.state {
      self.init(.wrongResult, .completedUnexpectedly)
    } else if let error = expectation.error, answer.errorType != error {
      self.init(.failed, .unexpectedError(answer.errorType))
    } else if let reason = Self.difference(of: answer, from: expectation) {
      self.init(.wrongResult, reason)
    } else {
      self.init(.succeeded)
    }
  }

  private static func difference(of answer: StatusAnswer, from expectation: Expectation) -> JobReason? {
    if let exitCode = expectation.exitCode {
      // A platform that reports no exit code still says 0 by "completed".
      let reported = answer.details?.exitCode ?? (answer.state == .completed ? 0 : nil)
      guard let reported else { return .notReported }
      if reported != exitCode { return .otherExitCode }
    }
    if let signal = expectation.signal {
      guard let reported = answer.details?.signal else { return .notReported }
      if reported != signal { return .otherSignal }
    }
    return outputDifference(of: answer, from: expectation)
  }

  private static func outputDifference(of answer: StatusAnswer, from expectation: Expectation) -> JobReason? {
    guard expectation.stdout != nil || expectation.stdoutSHA256 != nil || expectation.stdoutContains != nil else {
      return nil
    }
    guard let output = answer.details?.stdout?.bytes ?? answer.result.map({ Array($0.utf8) }) else {
      return .notReported
    }
    let bare = withoutLastNewline(output)
    if let expected = expectation.stdout, bare != withoutLastNewline(Array(expected.utf8)) { return .otherOutput }
    if let part = expectation.stdoutContains, !output.contains(Array(part.utf8)) { return .otherOutput }
    if let digest = expectation.stdoutSHA256 {
      // `result` lacks the last newline that sha256sum(1) has seen, so that the digest is right with or without it.
      let candidates = [output, Array(bare), bare + [UInt8(ascii: "\n")]]
      if !candidates.contains(where: { SHA256.hexadecimal(of: $0) == digest }) { return .otherOutput }
    }
    return nil
  }

  private static func withoutLastNewline(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    var rest = bytes[...]
    if rest.last == UInt8(ascii: "\n") { rest = rest.dropLast() }
    if rest.last == UInt8(ascii: "\r") { rest = rest.dropLast() }
    return rest
  }
}
