import CCurl
import HostSystem

/// Requests out and answers in.
extension PlainTransfers {
  /// Reads of one connection before the others have their turn.
  private static let readsInARow = 16

  /// Moves what can be moved without waiting, and gives up what is over its time.
  func perform() {
    watch.takeEdges { edge in
      guard let connection = connections[edge.socket] else { return }
      if edge.isHungUp { connection.isHungUp = true }
      move(connection, edge)
    }
    expire()
  }

  func send(_ transfer: PlainTransfer, over connection: PlainConnection) {
    // What broke the connection, or an answer that came first, is there to be read.
    if transfer.send(over: connection) == .broken { watch.look(at: connection.socket) }
  }

  private func move(_ connection: PlainConnection, _ edge: SocketWatch.Edge) {
    guard let transfer = connection.transfer else {
      // Nothing may come before it is asked for: whatever it is, the connection is of no use any more.
      if !connection.isQuiet { connections.close(connection) }
      return
    }
    if edge.isWritable, !transfer.isSent { send(transfer, over: connection) }
    if edge.isReadable { receive(transfer, from: connection) }
  }

  private func receive(_ transfer: PlainTransfer, from connection: PlainConnection) {
    for _ in 0..<Self.readsInARow {
      switch connection.receive(into: buffer) {
      case .blocked: return
      case .broken: return broke(transfer, connection, CURLE_RECV_ERROR)
      case .moved(0): return closed(transfer, connection)
      case .moved(let count):
        let isOver = read(.init(rebasing: buffer[..<count]), for: transfer, from: connection)
        // Less than there was room for is all that there was (epoll(7)), but for an end that was told already.
        if isOver || count < buffer.count && !connection.isHungUp { return }
      }
    }
    watch.look(at: connection.socket)
  }

  /// True where the transfer has left the connection.
  private func read(
    _ bytes: UnsafeRawBufferPointer, for transfer: PlainTransfer, from connection: PlainConnection
  ) -> Bool {
    let now = MonotonicInstant.now
    if transfer.firstByte == nil { transfer.firstByte = now }
    do {
      let taken = try transfer.answer.read(bytes)
      guard transfer.answer.isComplete else { return false }
      if taken < bytes.count { connection.isHungUp = true }
      complete(transfer, connection, at: now)
    } catch {
      give(up: transfer, connection, error)
    }
    return true
  }

  private func complete(_ transfer: PlainTransfer, _ connection: PlainConnection, at now: MonotonicInstant) {
    let isGood = transfer.answer.leavesConnectionOpen && transfer.isSent && !connection.isHungUp && limits.keepAlive
    connection.transfer = nil
    transfer.connection = nil
    isGood ? connections.keep(connection, from: now) : connections.close(connection)
    if transfer.answer.redirects { follow(transfer) } else { finish(transfer, at: now) }
  }

  private func closed(_ transfer: PlainTransfer, _ connection: PlainConnection) {
    guard transfer.answer.hasBegun else { return broke(transfer, connection, CURLE_GOT_NOTHING) }
    do {
      try transfer.answer.close()
      connection.isHungUp = true
      complete(transfer, connection, at: .now)
    } catch {
      give(up: transfer, connection, error)
    }
  }

  /// A connection that was used before may have been closed before the request came: that one is sent again.
  private func broke(_ transfer: PlainTransfer, _ connection: PlainConnection, _ code: CURLcode) {
    let mayRepeat = connection.wasUsed && !transfer.answer.hasBegun
    connections.close(connection)
    transfer.connection = nil
    guard mayRepeat else { return finish(transfer, CurlError(code, transfer.stage)) }
    transfer.restart()
    connect(transfer)
  }

  private func give(up transfer: PlainTransfer, _ connection: PlainConnection, _ fault: AnswerReader.Fault) {
    connections.close(connection)
    transfer.connection = nil
    finish(transfer, CurlError(fault.code, transfer.stage))
  }

  private func follow(_ transfer: PlainTransfer) {
    let (url, location) = (transfer.request.url, transfer.answer.head.location ?? "")
    guard URLOrigin(url)?.holds(location) == true else {
      return finish(transfer, CurlError(CURLE_WRITE_ERROR, .redirect))
    }
    guard transfer.redirects < limits.redirects else {
      return finish(transfer, CurlError(CURLE_TOO_MANY_REDIRECTS, transfer.stage))
    }
    guard let next = PlainDestination.resolve(location, from: url), let destination = PlainDestination(next) else {
      return finish(transfer, CurlError(CURLE_URL_MALFORMAT, transfer.stage))
    }
    transfer.redirect(to: next, destination)
    place(transfer)
  }
}

extension AnswerReader.Fault {
  /// libcurl's code for it.
  fileprivate var code: CURLcode {
    switch self {
    case .notHTTP: CURLE_WEIRD_SERVER_REPLY
    case .tooLarge: CURLE_WRITE_ERROR
    case .undecodable: CURLE_BAD_CONTENT_ENCODING
    case .cutShort: CURLE_PARTIAL_FILE
    }
  }
}
