import ArgumentParser
public import Logging

extension Logger.Level {
  /// Reads what `--log-level` takes.
  public init(option text: String) throws {
    guard let level = Self(rawValue: text) else {
      throw ValidationError("expected one of \(Self.allCases.map(\.rawValue).joined(separator: ", ")), got '\(text)'")
    }
    self = level
  }
}

extension Logger {
  /// A program's own log, on standard error.
  public static func ofProgram(_ name: String, level: Level) -> Logger {
    var log = Logger(label: name) { StreamLogHandler.standardError(label: $0) }
    log.logLevel = level
    return log
  }
}
