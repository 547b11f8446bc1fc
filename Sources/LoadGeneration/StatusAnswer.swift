package import Jobs
import FoundationEssentials

/// What an answer to a status read says, as far as it can be understood.
///
/// Only `status` has to be there: platforms differ in everything else, and a part that cannot be read is a part that
/// is not there.
package struct StatusAnswer: Sendable, Equatable {
  /// Where the job is.
  package var state: JobState
  /// stdout without its last newline.
  package var result: String?
  /// What went wrong, starting with its kind in words.
  package var error: String?
  /// What came of the program.
  package var details: StatusDetails?
  /// The platform's instants.
  package var timings: JobTimings?

  package init(
    state: JobState, result: String? = nil, error: String? = nil, details: StatusDetails? = nil,
    timings: JobTimings? = nil
  ) {
    self.state = state
    self.result = result
    self.error = error
    self.details = details
    self.timings = timings
  }

  /// Reads a body; nil where it is not a status.
  ///
  /// A job that is not done needs no more than its state, which most reads of a poll say: that is found without
  /// parsing the rest.
  package init?(body: [UInt8]) {
    if let state = Self.unfinishedState(in: body) {
      self.init(state: state)
      return
    }
    guard let fields = try? JSONDecoder().decode(StatusFields.self, from: Data(body)) else { return nil }
    self.init(
      state: fields.status, result: fields.result, error: fields.error, details: fields.details,
      timings: fields.timings)
  }

  /// The kind of error: as the platform names it, otherwise as its sentence begins.
  package var errorType: ErrorType? {
    if let name = details?.errorType, let type = ErrorType(rawValue: name) { return type }
    guard let error else { return nil }
    let beginnings = ErrorType.allCases.map { ($0.phrase, $0) } + [("Syntax error", .compileError)]
    let text = error.prefix(64).lowercased()
    return beginnings.first { text.hasPrefix($0.0.lowercased()) }?.1
  }

  /// `queued` or `running` where the body has exactly one key `status` and that is its value.
  ///
  /// The bytes `"status"` cannot stand inside a JSON string, where every quote has a backslash before it.
  private static func unfinishedState(in body: [UInt8]) -> JobState? {
    let key = Array("\"status\"".utf8)
    guard let found = body.firstRange(of: key) else { return nil }
    var rest = body[found.upperBound...].drop(while: isSpace)
    guard rest.first == UInt8(ascii: ":") else { return nil }
    rest = rest.dropFirst().drop(while: isSpace)
    for state in [JobState.queued, .running] where rest.starts(with: "\"\(state.rawValue)\"".utf8) {
      return rest.firstRange(of: key) == nil ? state : nil
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}

/// The part of `details` that is used.
package struct StatusDetails: Sendable, Equatable, Decodable {
  /// The platform's name for what went wrong.
  package var errorType: String?
  /// The program's exit code.
  package var exitCode: Int?
  /// The signal that ended the program.
  package var signal: Int?
  /// Everything that the program wrote to standard output.
  package var stdout: CapturedOutput?
  /// CPU milliseconds of the program.
  package var cpuTimeMs: Double?
  /// The most memory that the program had, in bytes.
  package var peakMemoryBytes: Int?

  package init(
    errorType: String? = nil, exitCode: Int? = nil, signal: Int? = nil, stdout: CapturedOutput? = nil,
    cpuTimeMs: Double? = nil, peakMemoryBytes: Int? = nil
  ) {
    self.errorType = errorType
    self.exitCode = exitCode
    self.signal = signal
    self.stdout = stdout
    self.cpuTimeMs = cpuTimeMs
    self.peakMemoryBytes = peakMemoryBytes
  }
}

private struct StatusFields: Decodable {
  var status: JobState
  var result: String?
  var error: String?
  var details: StatusDetails?
  var timings: JobTimings?

  private enum Keys: String, CodingKey {
    case status, result, error, details, timings
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    status = try container.decode(JobState.self, forKey: .status)
    result = try? container.decode(String.self, forKey: .result)
    error = try? container.decode(String.self, forKey: .error)
    details = try? container.decode(StatusDetails.self, forKey: .details)
    timings = try? container.decode(JobTimings.self, forKey: .timings)
  }
}
