import CCurl

/// Header lines that many transfers share, built once.
public final class SharedHeaders {
  let list: HeaderList
  /// The same for connections without encryption; nil where libcurl has to send them.
  let block: HeaderBlock?

  /// Header names and values.
  public init(_ headers: [(String, String)]) {
    // libcurl would call every body a form and hold back a large one until the server asks for it.
    let isTyped = headers.contains { $0.0.lowercased() == "content-type" }
    list = HeaderList(headers, withholding: isTyped ? ["Expect"] : ["Expect", "Content-Type"])
    block = HeaderBlock(headers)
  }
}

/// A request body at a fixed address, so that many transfers send it without a copy.
public final class SharedBody {
  let bytes: UnsafeMutableRawBufferPointer

  /// Copies the bytes once.
  public init(_ bytes: some Collection<UInt8>) {
    self.bytes = .allocate(byteCount: max(bytes.count, 1), alignment: 1)
    self.bytes.copyBytes(from: bytes)
    count = bytes.count
  }

  /// Bytes of the body.
  public let count: Int

  deinit { bytes.deallocate() }
}

/// What a transfer loop is asked to do.
public struct TransferRequest {
  /// An http or https URL.
  public var url: String
  /// The method in capitals; nil is GET, or POST where there is a body.
  public var method: String?
  /// Headers in addition to libcurl's own.
  public var headers: SharedHeaders
  /// What is sent; nil sends no body.
  public var body: SharedBody?
  /// Milliseconds for the whole exchange, connecting included.
  public var timeoutMilliseconds: Int
  /// The caller's name for the transfer, given back with its report.
  public var tag: Int

  /// A GET, or a POST where there is a body, unless another method is named.
  public init(
    url: String, method: String? = nil, headers: SharedHeaders, body: SharedBody? = nil, timeoutMilliseconds: Int,
    tag: Int
  ) {
    self.url = url
    self.method = method
    self.headers = headers
    self.body = body
    self.timeoutMilliseconds = timeoutMilliseconds
    self.tag = tag
  }
}
