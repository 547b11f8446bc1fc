import CMicroHTTPD
import Glibc

/// A request while it is being read, found again by libmicrohttpd through the connection's context pointer.
final class IncomingRequest {
  var request: HTTPRequest
  var exchange: HTTPExchange?
  private let limit: Int

  /// Reads the request line and the headers.
  init(connection: OpaquePointer, method: String, path: String, bodyLimit: Int) {
    limit = bodyLimit
    request = HTTPRequest(
      method: method, path: path, query: readValues(connection, .GET_ARGUMENT_KIND),
      headers: readValues(connection, .HEADER_KIND).map { ($0.name.lowercased(), $0.value) })
  }

  /// A body that its sender has declared too large and not begun to send, or that is too large even to read past.
  var mustRefuseUnread: Bool {
    guard let declared = request.header("content-length").flatMap({ Int($0) }), declared > limit else { return false }
    // A small excess is read and thrown away: closing on a client that is still writing shows it a reset, not our 413.
    return request.header("expect") != nil || declared > limit + (64 << 20)
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    guard !request.bodyExceedsLimit else { return }
    guard request.body.count + bytes.count <= limit else { return refuseBody() }
    request.body.append(contentsOf: bytes)
  }

  func refuseBody() {
    request.bodyExceedsLimit = true
    request.body = []
  }
}

private final class ValueList {
  var values: [(name: String, value: String)] = []
}

private func readValues(_ connection: OpaquePointer, _ kind: MHD_ValueKind) -> [(name: String, value: String)] {
  let list = ValueList()
  MHD_get_connection_values(
    connection, kind,
    { context, _, name, value in
      guard let context, let name else { return .YES }
      let list = Unmanaged<ValueList>.fromOpaque(context).takeUnretainedValue()
      list.values.append((String(cString: name), value.map { String(cString: $0) } ?? ""))
      return .YES
    }, Unmanaged.passUnretained(list).toOpaque())
  return withExtendedLifetime(list) { list.values }
}
