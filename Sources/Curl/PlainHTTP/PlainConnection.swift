import Glibc
import HostSystem

/// An open connection without encryption, which libcurl has made.
final class PlainConnection {
  let socket: Int32
  let origin: PlainOrigin
  /// What is under way on it; nil while it is idle.
  var transfer: PlainTransfer?
  /// When it last became idle.
  var idleSince = MonotonicInstant(nanoseconds: 0)
  /// An answer has come over it before.
  var wasUsed = false
  /// The peer sends nothing any more.
  var isHungUp = false
  private(set) var isOpen = true

  init(_ socket: Int32, _ origin: PlainOrigin) {
    self.socket = socket
    self.origin = origin
  }

  /// What a call on the socket came to.
  enum Progress: Equatable {
    case moved(Int)
    /// Nothing can be moved now; an edge will tell.
    case blocked
    case broken
  }

  /// Sends what it takes of two pieces, one after the other (sendmsg(2)).
  func send(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Progress {
    var pieces = [iovec(first), iovec(second)]
    return pieces.withUnsafeMutableBufferPointer { pieces in
      var message = msghdr()
      message.msg_iov = pieces.baseAddress
      message.msg_iovlen = 2
      return Self.progress { sendmsg(socket, &message, Int32(MSG_NOSIGNAL)) }
    }
  }

  /// Receives into a buffer; 0 bytes are the end (recv(2)).
  func receive(into buffer: UnsafeMutableRawBufferPointer) -> Progress {
    Self.progress { recv(socket, buffer.baseAddress, buffer.count, 0) }
  }

  /// Nothing has come, not even the end: the connection may carry a request.
  var isQuiet: Bool {
    var byte: UInt8 = 0
    return Self.progress { recv(socket, &byte, 1, Int32(MSG_PEEK)) } == .blocked
  }

  private static func progress(_ call: () -> Int) -> Progress {
    while true {
      let count = call()
      if count >= 0 { return .moved(count) }
      if errno != EINTR { return errno == EAGAIN ? .blocked : .broken }
    }
  }

  /// Closes the socket, once.
  func close(_ watch: SocketWatch) {
    guard isOpen else { return }
    isOpen = false
    watch.closing(socket)
    Glibc.close(socket)
  }
}

extension iovec {
  /// The kernel only reads through it.
  fileprivate init(_ bytes: UnsafeRawBufferPointer) {
    self.init(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
  }
}
