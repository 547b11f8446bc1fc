public import CCurl

/// One libcurl easy handle, owned by one place and closed when that place lets go.
public struct EasyHandle: ~Copyable {
  /// The handle, for calls that have no wrapper here.
  public let pointer: UnsafeMutableRawPointer

  // curl_global_init is not safe from several threads; a static is initialised once.
  static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK

  /// A new handle that never raises signals.
  public init() throws(CurlError) {
    guard Self.isReady, let pointer = curl_easy_init() else {
      throw CurlError(operation: "curl_easy_init", code: Int32(CURLE_FAILED_INIT.rawValue))
    }
    self.pointer = pointer
    _ = rce_curl_set_long(pointer, CURLOPT_NOSIGNAL, 1)
  }

  deinit { curl_easy_cleanup(pointer) }

  /// Sets an option that takes a number or a switch.
  public borrowing func set(_ option: CURLoption, _ value: Int) throws(CurlError) {
    try check(rce_curl_set_long(pointer, option, value))
  }

  /// Sets an option that takes a text; libcurl copies it.
  public borrowing func set(_ option: CURLoption, _ value: String) throws(CurlError) {
    try check(rce_curl_set_string(pointer, option, value))
  }

  /// Sets an option that takes a pointer, which must stay valid until the option is changed.
  public borrowing func set(_ option: CURLoption, pointer value: UnsafeRawPointer?) throws(CurlError) {
    try check(rce_curl_set_pointer(pointer, option, value))
  }

  /// Reads a number, or 0 where libcurl does not know it.
  public borrowing func number(_ info: CURLINFO) -> Int {
    var value = 0
    return rce_curl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
  }

  /// Reads an offset or a time in microseconds (the `_T` kinds), or 0 where libcurl does not know it.
  public borrowing func offset(_ info: CURLINFO) -> Int64 {
    var value: curl_off_t = 0
    return rce_curl_get_offset(pointer, info, &value) == CURLE_OK ? Int64(value) : 0
  }

  private borrowing func check(_ code: CURLcode) throws(CurlError) {
    guard code == CURLE_OK else { throw CurlError(operation: "curl_easy_setopt", code: Int32(code.rawValue)) }
  }
}

/// libcurl's version and those of its parts, for example `libcurl/7.88.1 OpenSSL/3.0.17 zlib/1.2.13`.
public var curlVersion: String { String(cString: curl_version()) }
