import RunRecords

/// What happened to a run, in one word, and the exit code that says so.
public enum RunVerdict: String, Codable, Sendable, Hashable, CaseIterable {
  /// Done, thresholds met but for those that are only worth a warning.
  case passed
  /// Done, and at least one threshold failed or could not be measured.
  case thresholdFailed = "threshold_failed"
  /// Done, and no measurement of the platform.
  case invalid
  /// The target could not be reached.
  case unreachable
  /// Stopped by an `abort` threshold or by `max_cost`.
  case stopped
  /// Interrupted, or the generator was killed.
  case interrupted

  /// The exit code of the command; 143 instead of 130 is the caller's to give where the signal was SIGTERM.
  public var exitCode: Int32 {
    switch self {
    case .passed: 0
    case .thresholdFailed: 3
    case .invalid: 5
    case .unreachable: 6
    case .stopped: 7
    case .interrupted: 130
    }
  }

  /// How a run ended outweighs whether it can be believed, and that outweighs its thresholds.
  init(_ info: RunInfo, validity: Validity, thresholds: [ThresholdResult]) {
    switch info.ending {
    case .unreachable: self = .unreachable
    case .stopped: self = .stopped
    case .interrupted: self = .interrupted
    case .completed, nil:
      if info.partial {
        self = .interrupted
      } else if validity.verdict == .invalid {
        self = .invalid
      } else {
        self = thresholds.contains(where: \.isFailure) ? .thresholdFailed : .passed
      }
    }
  }
}
