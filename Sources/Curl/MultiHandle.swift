import CCurl
import HostSystem

/// libcurl's multi handle with what it asks for: which sockets to watch, and when to be called without one.
final class MultiHandle {
  let watch: SocketWatch
  /// When libcurl wants to be called whatever its sockets do; nil while it does not.
  private(set) var nextTimeout: MonotonicInstant?
  private let pointer: UnsafeMutableRawPointer

  init(connections: Int, waking descriptors: [Int32]) throws(CurlError) {
    guard EasyHandle.isReady, let watch = SocketWatch(waking: descriptors), let pointer = curl_multi_init() else {
      throw CurlError(operation: "curl_multi_init", code: Int32(CURLE_OUT_OF_MEMORY.rawValue))
    }
    self.watch = watch
    self.pointer = pointer
    _ = rce_curl_multi_set_long(pointer, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections)
    _ = rce_curl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, connections)
    _ = rce_curl_multi_set_socket(
      pointer,
      { _, socket, what, context, _ in
        guard let context else { return 0 }
        Unmanaged<SocketWatch>.fromOpaque(context).takeUnretainedValue().want(SocketWatch.wanted(what), of: socket)
        return 0
      }, Unmanaged.passUnretained(watch).toOpaque())
    _ = rce_curl_multi_set_timer(
      pointer,
      { _, milliseconds, context in
        guard let context else { return 0 }
        Unmanaged<MultiHandle>.fromOpaque(context).takeUnretainedValue().setTimeout(milliseconds)
        return 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { curl_multi_cleanup(pointer) }

  /// -1 takes the timeout away (CURLMOPT_TIMERFUNCTION(3)).
  private func setTimeout(_ milliseconds: Int) {
    nextTimeout = milliseconds < 0 ? nil : .now + Int64(milliseconds) * 1_000_000
  }

  func add(_ handle: UnsafeMutableRawPointer) throws(CurlError) {
    let code = curl_multi_add_handle(pointer, handle)
    guard code == CURLM_OK else {
      throw CurlError(
        operation: "curl_multi_add_handle", code: Int32(CURLE_FAILED_INIT.rawValue),
        detail: String(cString: curl_multi_strerror(code)))
    }
  }

  func remove(_ handle: UnsafeMutableRawPointer) {
    curl_multi_remove_handle(pointer, handle)
  }

  /// Lets libcurl do what is due: its timeouts first, which start transfers too, then its sockets.
  func perform() {
    var running: Int32 = 0
    if let due = nextTimeout, due <= .now {
      nextTimeout = nil
      curl_multi_socket_action(pointer, CURL_SOCKET_BAD, 0, &running)
    }
    watch.takeDue { curl_multi_socket_action(pointer, $0, $1, &running) }
  }

  /// A handle that has ended what it did, with the result; it is still in here, to be removed.
  func nextFinished() -> (handle: UnsafeMutableRawPointer, code: CURLcode)? {
    var left: Int32 = 0
    while let message = curl_multi_info_read(pointer, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
      return (handle, message.pointee.data.result)
    }
    return nil
  }
}
