/// A job that the platform has accepted, with the instants of its own clock (CLOCK_MONOTONIC, nanoseconds).
package struct PlatformJob: Sendable, Equatable {
  var fault: PlatformFault
  /// When its submission was read.
  var received: Int64
  /// When its program ends.
  var ends: Int64
  /// When its result is visible.
  var visible: Int64
  /// When its result was first given to a connection; nil until then.
  package var answered: Int64?
  var reads = 0
}

/// What the platform does to a connection.
package enum PlatformAction: Sendable, Equatable {
  case write(connection: Int32, [UInt8], closing: Bool)
  case reset(connection: Int32)
}

/// What the platform knows at its end, which is the truth that figures are compared with.
package struct PlatformLog: Sendable {
  /// When each submission was read, refused ones included.
  package var submissions: [Int64] = []
  /// Submissions by what they asked for.
  package var submissionsByFault: [PlatformFault: Int] = [:]
  /// Jobs by id.
  package var jobs: [String: PlatformJob] = [:]
}
