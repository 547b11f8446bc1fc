import CCurl
import HostSystem

/// Transfers over connections without encryption, of one loop: libcurl makes the connections, and the messages on them
/// are written and read here.
///
/// A transfer through libcurl costs about three times the CPU of its system calls, most of it for what a request to one
/// place over one connection does not need; a load generator pays that per request.
///
/// Owned by one thread. Without encryption a connection carries one request at a time, so that each transfer under way
/// has a connection or makes one.
final class PlainTransfers {
  private let limits: TransferLimits
  private let multi: MultiHandle
  private var origins: [String: PlainOrigin] = [:]
  private var byTag: [PlainTransfer?] = []
  private var bySocket: [PlainConnection?] = []
  private var underway: [PlainTransfer] = []
  private var connectors: [Connector] = []
  private var connections = 0
  private var reports: [TransferReport] = []
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
  /// No transfer under way has to be given up before; nil where none is.
  private(set) var nextExpiry: MonotonicInstant?

  /// Reads of one connection before the others have their turn.
  private static let readsInARow = 16

  init(_ limits: TransferLimits, _ multi: MultiHandle) {
    self.limits = limits
    self.multi = multi
  }

  deinit { buffer.deallocate() }

  /// Transfers under way.
  var count: Int { underway.count }

  /// Reports are waiting.
  var hasReports: Bool { !reports.isEmpty }

  func isActive(_ tag: Int) -> Bool { tag < byTag.count && byTag[tag] != nil }

  /// Where a request goes; nil where it is libcurl's to send.
  func destination(of request: TransferRequest) -> PlainDestination? {
    guard request.headers.block != nil, limits.transfers <= limits.connections, !limits.leavesMessagesToLibcurl else {
      return nil
    }
    return PlainDestination(request.url)
  }

  /// Starts a transfer: sends it where a connection is idle, and connects where none is.
  func start(_ request: TransferRequest, to destination: PlainDestination, queuedAt: MonotonicInstant?) {
    let transfer = PlainTransfer(request, to: destination, origin(of: destination), limits, queuedAt: queuedAt)
    if request.tag >= byTag.count {
      byTag += Array(repeating: nil, count: max(request.tag + 1 - byTag.count, byTag.count))
    }
    byTag[request.tag] = transfer
    transfer.place = underway.count
    underway.append(transfer)
    if nextExpiry.map({ transfer.deadline < $0 }) != false { nextExpiry = transfer.deadline }
    place(transfer)
  }

  private func origin(of destination: PlainDestination) -> PlainOrigin {
    if let known = origins[destination.authority] { return known }
    let origin = PlainOrigin(destination)
    origins[destination.authority] = origin
    return origin
  }

  private func place(_ transfer: PlainTransfer) {
    guard let connection = transfer.origin.take(at: transfer.started, closing: close) else { return connect(transfer) }
    transfer.connected = transfer.connected ?? transfer.started
    attach(transfer, to: connection)
  }

  private func attach(_ transfer: PlainTransfer, to connection: PlainConnection) {
    transfer.connection = connection
    connection.transfer = transfer
    send(transfer, over: connection)
  }

  private func send(_ transfer: PlainTransfer, over connection: PlainConnection) {
    // What broke the connection, or an answer that came first, is there to be read.
    if transfer.send(over: connection) == .broken { multi.watch.look(at: connection.socket) }
  }

  // MARK: Connecting

  private func connect(_ transfer: PlainTransfer) {
    makeRoom()
    do throws(CurlError) {
      let connector = if let free = connectors.popLast() { free } else { try Connector(limits, multi.watch) }
      try connector.prepare(for: transfer)
      try multi.add(connector.handle.pointer)
      transfer.connector = connector
      connections += 1
    } catch {
      finish(transfer, error)
    }
  }

  /// Connections to other origins must not keep this one from having any.
  private func makeRoom() {
    guard connections >= limits.connections else { return }
    for origin in origins.values {
      guard let idle = origin.takeOldest() else { continue }
      return close(idle)
    }
  }

  /// Goes on where libcurl has connected, or could not.
  func ended(_ connector: Connector, _ code: CURLcode) {
    let transfer = connector.transfer.take()
    let socket = code == CURLE_OK ? connector.socket : nil
    if let socket { multi.watch.take(socket) }
    multi.remove(connector.handle.pointer)
    connectors.append(connector)
    guard let transfer else { return }
    transfer.connector = nil
    guard let socket else {
      connections -= 1
      let failure = code == CURLE_OK ? CURLE_COULDNT_CONNECT : code
      return finish(transfer, error(failure, .connect, connector.detail))
    }
    let connection = PlainConnection(socket, transfer.origin)
    if Int(socket) >= bySocket.count {
      bySocket += Array(repeating: nil, count: Int(socket) + 64 - bySocket.count)
    }
    bySocket[Int(socket)] = connection
    transfer.connected = .now
    attach(transfer, to: connection)
  }

  private func close(_ connection: PlainConnection) {
    guard connection.isOpen else { return }
    bySocket[Int(connection.socket)] = nil
    connections -= 1
    connection.transfer = nil
    connection.close(multi.watch)
  }

  // MARK: Moving bytes

  /// Moves what can be moved without waiting, and gives up what is over its time.
  func perform() {
    multi.watch.takeEdges { edge in
      guard Int(edge.socket) < bySocket.count, let connection = bySocket[Int(edge.socket)] else { return }
      if edge.isHungUp { connection.isHungUp = true }
      move(connection, edge)
    }
    expire()
  }

  private func move(_ connection: PlainConnection, _ edge: SocketWatch.Edge) {
    guard let transfer = connection.transfer else {
      // Nothing may come before it is asked for: whatever it is, the connection is of no use any more.
      if !connection.isQuiet { close(connection) }
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
    multi.watch.look(at: connection.socket)
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
    let isOpen = transfer.answer.leavesConnectionOpen && transfer.isSent && !connection.isHungUp && limits.keepAlive
    connection.transfer = nil
    transfer.connection = nil
    if isOpen {
      connection.wasUsed = true
      connection.idleSince = now
      connection.origin.append(connection)
    } else {
      close(connection)
    }
    if transfer.answer.redirects { follow(transfer) } else { leave(transfer, transfer.report(at: now)) }
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
    close(connection)
    transfer.connection = nil
    guard mayRepeat else { return finish(transfer, error(code, transfer.stage)) }
    transfer.restart()
    connect(transfer)
  }

  private func give(up transfer: PlainTransfer, _ connection: PlainConnection, _ fault: AnswerReader.Fault) {
    close(connection)
    transfer.connection = nil
    finish(transfer, error(fault.code, transfer.stage))
  }

  private func follow(_ transfer: PlainTransfer) {
    let (url, location) = (transfer.request.url, transfer.answer.head.location ?? "")
    guard URLOrigin(url)?.holds(location) == true else { return finish(transfer, error(CURLE_WRITE_ERROR, .redirect)) }
    guard transfer.redirects < limits.redirects else {
      return finish(transfer, error(CURLE_TOO_MANY_REDIRECTS, transfer.stage))
    }
    guard let next = PlainDestination.resolve(location, from: url), let destination = PlainDestination(next) else {
      return finish(transfer, error(CURLE_URL_MALFORMAT, transfer.stage))
    }
    transfer.redirect(to: next, destination)
    place(transfer)
  }

  // MARK: Ending

  /// Gives a transfer up without a report; false where none has the tag.
  func cancel(tag: Int) -> Bool {
    guard isActive(tag), let transfer = byTag[tag] else { return false }
    letGo(transfer)
    remove(transfer)
    return true
  }

  /// Lets go of everything, since the multi handle is about to go.
  func stop() {
    for transfer in underway { letGo(transfer) }
    for connection in bySocket { connection?.close(multi.watch) }
  }

  /// Closes what a transfer has open: its answer may still come and would be another's.
  private func letGo(_ transfer: PlainTransfer) {
    if let connection = transfer.connection.take() { close(connection) }
    guard let connector = transfer.connector.take() else { return }
    connector.transfer = nil
    connections -= 1
    multi.remove(connector.handle.pointer)
    connectors.append(connector)
  }

  private func expire() {
    guard let due = nextExpiry, due <= .now else { return }
    let now = MonotonicInstant.now
    for transfer in underway.filter({ $0.deadline <= now }) {
      let stage = transfer.stage
      letGo(transfer)
      finish(transfer, error(CURLE_OPERATION_TIMEDOUT, stage))
    }
    nextExpiry = underway.lazy.map(\.deadline).min()
  }

  private func finish(_ transfer: PlainTransfer, _ error: CurlError) {
    leave(transfer, transfer.report(error, at: .now))
  }

  private func leave(_ transfer: PlainTransfer, _ report: TransferReport) {
    remove(transfer)
    reports.append(report)
  }

  private func remove(_ transfer: PlainTransfer) {
    byTag[transfer.request.tag] = nil
    let last = underway.removeLast()
    guard last !== transfer else { return }
    last.place = transfer.place
    underway[transfer.place] = last
  }

  /// Moves the reports of transfers that have ended to the end of a list.
  func takeReports(into list: inout [TransferReport]) {
    guard !reports.isEmpty else { return }
    list += reports
    reports.removeAll(keepingCapacity: true)
  }

  private func error(_ code: CURLcode, _ stage: CurlError.Stage, _ detail: String = "") -> CurlError {
    CurlError(operation: stage.rawValue, code: Int32(code.rawValue), detail: detail)
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
