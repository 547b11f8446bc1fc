import CCurl

/// An easy handle that makes a connection and sends nothing over it (CURLOPT_CONNECT_ONLY(3)): names, addresses and
/// time-outs of connecting are libcurl's.
final class Connector: LoopHandle {
  /// For whom it connects.
  var transfer: PlainTransfer?

  override init(_ limits: TransferLimits, _ watch: SocketWatch) throws(CurlError) {
    try super.init(limits, watch)
    try handle.set(CURLOPT_CONNECT_ONLY, 1)
    try handle.set(CURLOPT_FRESH_CONNECT, 1)
    try handle.set(CURLOPT_CONNECTTIMEOUT_MS, limits.connectMilliseconds)
  }

  /// Prepares to connect.
  func prepare(for transfer: PlainTransfer) throws(CurlError) {
    self.transfer = transfer
    clearError()
    try handle.set(CURLOPT_URL, transfer.origin.destination.connectURL)
  }

  /// The socket that was connected; it is libcurl's until it is taken.
  var socket: Int32? {
    var socket = CURL_SOCKET_BAD
    guard rce_curl_get_socket(handle.pointer, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK, socket >= 0 else {
      return nil
    }
    return socket
  }
}
