import HostSystem

/// The connections of a loop that have no encryption, idle and in use, and how many there may be.
///
/// Owned by one thread.
final class PlainConnections {
  private let watch: SocketWatch
  private let most: Int
  private var origins: [String: PlainOrigin] = [:]
  private var bySocket: [PlainConnection?] = []
  /// Those that are being made counted.
  private var count = 0

  init(_ watch: SocketWatch, most: Int) {
    self.watch = watch
    self.most = most
  }

  func origin(of destination: PlainDestination) -> PlainOrigin {
    if let known = origins[destination.authority] { return known }
    let origin = PlainOrigin(destination)
    origins[destination.authority] = origin
    return origin
  }

  subscript(socket: Int32) -> PlainConnection? { Int(socket) < bySocket.count ? bySocket[Int(socket)] : nil }

  /// An idle connection to the origin, if there is one.
  func takeIdle(to origin: PlainOrigin, at now: MonotonicInstant) -> PlainConnection? {
    origin.take(at: now, closing: close)
  }

  /// Keeps a connection for the next request to its origin.
  func keep(_ connection: PlainConnection, from now: MonotonicInstant) {
    connection.wasUsed = true
    connection.idleSince = now
    connection.origin.append(connection)
  }

  /// Notes that one more is being made; one to another origin makes room for it where there are as many as may be.
  func reserve() {
    if count >= most { closeOldest() }
    count += 1
  }

  private func closeOldest() {
    for origin in origins.values {
      if let idle = origin.takeOldest() { return close(idle) }
    }
  }

  /// Notes that one that was being made has not come about.
  func giveBack() { count -= 1 }

  /// The connection that one that was being made has become.
  func add(_ socket: Int32, to origin: PlainOrigin) -> PlainConnection {
    let connection = PlainConnection(socket, origin)
    if Int(socket) >= bySocket.count {
      bySocket += Array(repeating: nil, count: Int(socket) + 64 - bySocket.count)
    }
    bySocket[Int(socket)] = connection
    return connection
  }

  func close(_ connection: PlainConnection) {
    guard connection.isOpen else { return }
    bySocket[Int(connection.socket)] = nil
    count -= 1
    connection.transfer = nil
    connection.close(watch)
  }

  func closeAll() {
    for connection in bySocket { if let connection { close(connection) } }
  }
}
