import CMicroHTTPD
import Glibc
import HostSystem

/// A daemon of libmicrohttpd with what its callbacks need.
///
/// The callbacks run on the daemon's own threads and keep this object alive while they do, so it must not stop the
/// daemon when it goes: that joins those threads, and a thread cannot join itself. Its owner `HTTPServer` stops it.
final class ServerDaemon: Sendable {
  private let handler: HTTPServer.Handler
  private let bodyLimit: Int
  private let waiting = Lock<[ObjectIdentifier: HTTPExchange]?>([:])
  /// Requests begun and not yet answered to the last byte.
  private let unfinished = Lock(0)
  private let daemon = Lock(Daemon())
  /// The port that the server listens on.
  let port: UInt16

  private struct Daemon: @unchecked Sendable {
    // Proof of sendability: the pointer is only used under the lock.
    var pointer: OpaquePointer?
    /// The listening socket from the moment that nobody is accepted any more; libmicrohttpd has given it back.
    var quiesced: Int32?
  }

  /// Starts to listen and to answer.
  init(_ configuration: HTTPServer.Configuration, handler: @escaping HTTPServer.Handler) throws(HTTPServerError) {
    self.handler = handler
    bodyLimit = configuration.bodyLimit
    let socket = try ListeningSocket(address: configuration.address, port: configuration.port).release()
    port = socket.port
    let pointer = rce_mhd_start(
      socket.number, UInt32(configuration.threads), UInt32(configuration.connectionLimit),
      UInt32(configuration.idleTimeoutSeconds),
      { context, connection, path, method, _, bytes, count, request in
        guard let context, let connection, let path, let method, let count, let request else { return .NO }
        let server = Unmanaged<ServerDaemon>.fromOpaque(context).takeUnretainedValue()
        return server.receive(connection, path, method, bytes, count, request)
      }, Unmanaged.passUnretained(self).toOpaque(),
      { context, _, request, _ in
        guard let context, let request, let pointer = request.pointee else { return }
        request.pointee = nil
        let server = Unmanaged<ServerDaemon>.fromOpaque(context).takeUnretainedValue()
        server.finish(Unmanaged<IncomingRequest>.fromOpaque(pointer).takeRetainedValue())
      })
    guard let pointer else {
      close(socket.number)
      throw HTTPServerError("libmicrohttpd did not start on port \(socket.port): \(String(cString: strerror(errno)))")
    }
    daemon.withLock { $0.pointer = pointer }
  }

  /// Refuses new connections from now on; those that are open are served on, each until its next answer.
  func stopAccepting() {
    daemon.withLock { daemon in
      guard let pointer = daemon.pointer, daemon.quiesced == nil else { return }
      let socket = MHD_quiesce_daemon(pointer)
      // Closing must wait for the threads' end; until then new connections would hang in the backlog.
      shutdown(socket, Int32(SHUT_RD))
      daemon.quiesced = socket
    }
  }

  /// Stops as `HTTPServer.stop` says; called by one of the daemon's own threads, it has another thread do it.
  func stop() {
    guard pthread_getspecific(Self.servedDaemon) == Unmanaged.passUnretained(self).toOpaque() else { return end() }
    _ = try? NativeThread(named: "http-stop") { self.end() }
  }

  private func end() {
    stopAccepting()
    // libmicrohttpd requires that nothing is suspended when its daemon stops, nor becomes so afterwards.
    let exchanges = waiting.withLock { waiting in
      defer { waiting = nil }
      return Array((waiting ?? [:]).values)
    }
    for exchange in exchanges { exchange.answer(Self.stopping) }
    _ = unfinished.wait(until: .now + 1_000_000_000) { $0 == 0 ? true : nil }
    let (pointer, socket) = daemon.withLock { ($0.pointer.take(), $0.quiesced) }
    guard let pointer else { return }
    MHD_stop_daemon(pointer)
    if let socket, socket >= 0 { close(socket) }
  }

  /// Connections open at present.
  var connections: Int {
    daemon.withLock { Int($0.pointer.map { rce_mhd_connections($0) } ?? 0) }
  }

  /// Which daemon the calling thread belongs to; each of libmicrohttpd's threads belongs to one for life.
  private static let servedDaemon: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  private static let stopping = HTTPResponse(status: 503, text: "the server is stopping\n")

  /// libmicrohttpd's access handler: called at the head, for each piece of the body, at its end, and after a resume.
  private func receive(
    _ connection: OpaquePointer, _ path: UnsafePointer<CChar>, _ method: UnsafePointer<CChar>,
    _ bytes: UnsafePointer<CChar>?, _ count: UnsafeMutablePointer<Int>,
    _ context: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  ) -> MHD_Result {
    guard let pointer = context.pointee else {
      let incoming = IncomingRequest(
        connection: connection, method: String(cString: method), path: String(cString: path), bodyLimit: bodyLimit)
      context.pointee = Unmanaged.passRetained(incoming).toOpaque()
      unfinished.withLock { $0 += 1 }
      pthread_setspecific(Self.servedDaemon, Unmanaged.passUnretained(self).toOpaque())
      guard incoming.mustRefuseUnread else { return .YES }
      incoming.refuseBody()
      return handle(incoming, on: connection)
    }
    let incoming = Unmanaged<IncomingRequest>.fromOpaque(pointer).takeUnretainedValue()
    if count.pointee > 0 {
      incoming.append(UnsafeRawBufferPointer(start: bytes, count: count.pointee))
      count.pointee = 0
      return .YES
    }
    return handle(incoming, on: connection)
  }

  private func handle(_ incoming: IncomingRequest, on connection: OpaquePointer) -> MHD_Result {
    if let exchange = incoming.exchange { return queueOrWait(exchange, on: connection) }
    let exchange = HTTPExchange(connection: connection)
    incoming.exchange = exchange
    handler(incoming.request, exchange)
    incoming.request.body = []
    return queueOrWait(exchange, on: connection)
  }

  private func queueOrWait(_ exchange: HTTPExchange, on connection: OpaquePointer) -> MHD_Result {
    let response = waiting.withLock { waiting -> HTTPResponse? in
      if waiting == nil { exchange.answer(Self.stopping) }
      let response = exchange.responseOrSuspend()
      waiting?[ObjectIdentifier(exchange)] = response == nil ? exchange : nil
      return response
    }
    guard let response else { return .YES }
    return send(response, on: connection)
  }

  private func finish(_ incoming: IncomingRequest) {
    unfinished.withLock { $0 -= 1 }
    unfinished.notifyAll()
    guard let exchange = incoming.exchange else { return }
    exchange.finish()
    waiting.withLock { _ = $0?.removeValue(forKey: ObjectIdentifier(exchange)) }
  }

  private func send(_ response: HTTPResponse, on connection: OpaquePointer) -> MHD_Result {
    let message = response.body.withUnsafeBytes {
      MHD_create_response_from_buffer(
        $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let message else { return .NO }
    defer { MHD_destroy_response(message) }
    for header in response.headers { MHD_add_response_header(message, header.name, header.value) }
    if daemon.withLock({ $0.quiesced != nil }) { MHD_add_response_header(message, "Connection", "close") }
    return MHD_queue_response(connection, UInt32(response.status), message)
  }
}
