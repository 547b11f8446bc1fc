/// Something of which a number is kept ready.
protocol WarmStock: Sendable {
  /// Its name in messages.
  var name: String { get }
  /// Whether some are missing.
  var isShort: Bool { get }
  /// Starts one of those that are missing and waits until it is ready; on the keeper's thread, and only there.
  func startOne() throws
  /// Ends all that are there.
  func stop()
}
