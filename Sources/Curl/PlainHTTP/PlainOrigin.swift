import HostSystem

/// Scheme, host and port, with the connections to it that are idle.
final class PlainOrigin {
  let destination: PlainDestination
  let hostLine: [UInt8]
  private var idle: [PlainConnection] = []

  /// Older ones are likely to have been forgotten on the way (as CURLOPT_MAXAGE_CONN(3) has it).
  private static let longestIdle: Int64 = 118_000_000_000

  init(_ destination: PlainDestination) {
    self.destination = destination
    hostLine = Array(destination.hostLine.utf8)
  }

  func append(_ connection: PlainConnection) { idle.append(connection) }

  /// The connection that has been idle for the longest time.
  func takeOldest() -> PlainConnection? {
    while !idle.isEmpty {
      let connection = idle.removeFirst()
      if connection.isOpen { return connection }
    }
    return nil
  }

  /// The connection that has been idle for the shortest time; those that were closed meanwhile are passed over.
  func take(at now: MonotonicInstant, closing close: (PlainConnection) -> Void) -> PlainConnection? {
    while let connection = idle.popLast() {
      guard connection.isOpen else { continue }
      if now - connection.idleSince <= Self.longestIdle { return connection }
      close(connection)
    }
    return nil
  }
}
