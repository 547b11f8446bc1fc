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
  let limits: TransferLimits
  let watch: SocketWatch
  let connections: PlainConnections
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
  private let multi: MultiHandle
  private var byTag: [PlainTransfer?] = []
  private var underway: [PlainTransfer] = []
  private var connectors: [Connector] = []
  private var reports: [TransferReport] = []
  /// No transfer under way has to be given up before; nil where none is.
  private(set) var nextExpiry: MonotonicInstant?

  init(_ limits: TransferLimits, _ multi: MultiHandle) {
    self.limits = limits
    self.multi = multi
    watch = multi.watch
    connections = PlainConnections(multi.watch, most: limits.connections)
  }

  deinit { buffer.deallocate() }

  /// Transfers under way.
  var count: Int { underway.count }

  /// Reports are waiting.
  var hasReports: Bool { !reports.isEmpty }

  func isActive(_ tag: Int) -> Bool { tag < byTag.count && byTag[tag] != nil }

  // MARK: Starting

  /// Where a request goes; nil where it is libcurl's to send.
  func destination(of request: TransferRequest) -> PlainDestination? {
    guard request.headers.block != nil, limits.transfers <= limits.connections, !limits.leavesMessagesToLibcurl else {
      return nil
    }
    return PlainDestination(request.url)
  }

  /// Starts a transfer: sends it where a connection is idle, and connects where none is.
  func start(_ request: TransferRequest, to destination: PlainDestination, queuedAt: MonotonicInstant?) {
    let transfer = PlainTransfer(
      request, to: destination, connections.origin(of: destination), limits, queuedAt: queuedAt)
    if request.tag >= byTag.count {
      byTag += Array(repeating: nil, count: max(request.tag + 1 - byTag.count, byTag.count))
    }
    byTag[request.tag] = transfer
    transfer.place = underway.count
    underway.append(transfer)
    if nextExpiry.map({ transfer.deadline < $0 }) != false { nextExpiry = transfer.deadline }
    place(transfer)
  }

  /// Finds a connection for a transfer, or has one made.
  func place(_ transfer: PlainTransfer) {
    guard let connection = connections.takeIdle(to: transfer.origin, at: transfer.started) else {
      return connect(transfer)
    }
    transfer.connected = transfer.connected ?? transfer.started
    attach(transfer, to: connection)
  }

  private func attach(_ transfer: PlainTransfer, to connection: PlainConnection) {
    transfer.connection = connection
    connection.transfer = transfer
    send(transfer, over: connection)
  }

  // MARK: Connecting

  func connect(_ transfer: PlainTransfer) {
    do throws(CurlError) {
      let connector = if let free = connectors.popLast() { free } else { try Connector(limits, watch) }
      try connector.prepare(for: transfer)
      try multi.add(connector.handle.pointer)
      transfer.connector = connector
      connections.reserve()
    } catch {
      finish(transfer, error)
    }
  }

  /// Goes on where libcurl has connected, or could not.
  func ended(_ connector: Connector, _ code: CURLcode) {
    let transfer = connector.transfer.take()
    let socket = code == CURLE_OK ? connector.socket : nil
    if let socket { watch.take(socket) }
    multi.remove(connector.handle.pointer)
    connectors.append(connector)
    guard let transfer else { return }
    transfer.connector = nil
    guard let socket else {
      connections.giveBack()
      let failure = code == CURLE_OK ? CURLE_COULDNT_CONNECT : code
      return finish(transfer, CurlError(failure, .connect, connector.detail))
    }
    transfer.connected = .now
    attach(transfer, to: connections.add(socket, to: transfer.origin))
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
    connections.closeAll()
  }

  /// Closes what a transfer has open: its answer may still come and would be another's.
  private func letGo(_ transfer: PlainTransfer) {
    if let connection = transfer.connection.take() { connections.close(connection) }
    guard let connector = transfer.connector.take() else { return }
    connector.transfer = nil
    connections.giveBack()
    multi.remove(connector.handle.pointer)
    connectors.append(connector)
  }

  /// Gives up what is over its time.
  func expire() {
    guard let due = nextExpiry, due <= .now else { return }
    let now = MonotonicInstant.now
    for transfer in underway.filter({ $0.deadline <= now }) {
      let stage = transfer.stage
      letGo(transfer)
      finish(transfer, CurlError(CURLE_OPERATION_TIMEDOUT, stage))
    }
    nextExpiry = underway.lazy.map(\.deadline).min()
  }

  func finish(_ transfer: PlainTransfer, _ error: CurlError? = nil, at now: MonotonicInstant = .now) {
    let report = transfer.report(error, at: now)
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
}

extension CurlError {
  /// What went wrong at a stage of a transfer.
  init(_ code: CURLcode, _ stage: Stage, _ detail: String = "") {
    self.init(operation: stage.rawValue, code: Int32(code.rawValue), detail: detail)
  }
}
