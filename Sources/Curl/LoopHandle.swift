import CCurl
import Glibc

/// An easy handle of a loop, with what libcurl must find again: its owner, the loop's sockets and a place for errors.
class LoopHandle {
  let handle: EasyHandle
  let limits: TransferLimits
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  init(_ limits: TransferLimits, _ watch: SocketWatch) throws(CurlError) {
    self.limits = limits
    handle = try EasyHandle()
    try handle.set(CURLOPT_PROXY, "")
    try handle.set(CURLOPT_ERRORBUFFER, pointer: errorText)
    try limits.connection.apply(to: handle)
    try handle.set(CURLOPT_PRIVATE, pointer: Unmanaged.passUnretained(self).toOpaque())
    setSockets(watch)
  }

  deinit { errorText.deallocate() }

  /// The owner of an easy handle.
  static func owner(of handle: UnsafeMutableRawPointer) -> LoopHandle? {
    var context: UnsafeMutableRawPointer?
    guard rce_curl_get_pointer(handle, CURLINFO_PRIVATE, &context) == CURLE_OK, let context else { return nil }
    return Unmanaged<LoopHandle>.fromOpaque(context).takeUnretainedValue()
  }

  func clearError() { errorText.pointee = 0 }

  /// libcurl's words for the last error; a message that repeats a URL might repeat a password in it.
  var detail: String {
    let text = String(cString: errorText)
    return text.contains("@") ? "" : text
  }

  private func setSockets(_ watch: SocketWatch) {
    let context = Unmanaged.passUnretained(watch).toOpaque()
    _ = rce_curl_set_open_socket(
      handle.pointer,
      { context, _, address in
        guard let context, let address else { return CURL_SOCKET_BAD }
        let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        let socket = socket(address.pointee.family, kind, address.pointee.protocol)
        if socket >= 0 { Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue().opened(socket) }
        return socket
      }, context)
    _ = rce_curl_set_close_socket(
      handle.pointer,
      { context, socket in
        guard let context else { return close(socket) }
        let watch = Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue()
        guard !watch.hasTaken(socket) else { return 0 }
        watch.closing(socket)
        return close(socket)
      }, context)
  }
}
