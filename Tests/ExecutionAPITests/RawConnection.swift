import Glibc
import HostSystem
import TestServices

/// A keep-alive connection that costs a descriptor and no thread, so that one test can hold a thousand.
final class RawConnection {
  private let socket: FileDescriptor

  init(to port: UInt16) throws {
    socket = FileDescriptor(owning: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket.number, $0, size) }
    }
    guard code == 0 else { throw ServiceError("connect to port \(port): \(String(cString: strerror(errno)))") }
  }

  /// The socket's number, to poll.
  var descriptor: Int32 { socket.number }

  /// Sends a GET and does not wait for its answer.
  func get(_ target: String) throws {
    try send("GET \(target) HTTP/1.1\r\nHost: test\r\n\r\n")
  }

  /// Sends a submission and does not wait for its answer.
  func submit(_ body: String) throws {
    let head = "POST /execute HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
    try send("\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  private func send(_ request: String) throws {
    try Array(request.utf8).withUnsafeBytes { try socket.writeAll($0) }
  }

  /// The next answer's status and text, or nil where none comes in time.
  func answer(within milliseconds: Int32) -> (status: Int, text: String)? {
    var text = ""
    while true {
      if let answer = Self.parse(text) { return answer }
      var entry = pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, milliseconds) == 1 else { return nil }
      var chunk = [UInt8](repeating: 0, count: 65_536)
      let count = read(socket.number, &chunk, chunk.count)
      guard count > 0 else { return nil }
      text += String(decoding: chunk.prefix(count), as: UTF8.self)
    }
  }

  private static func parse(_ text: String) -> (status: Int, text: String)? {
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    guard let end = lines.firstIndex(of: ""), let status = Int(text.dropFirst(9).prefix(3)),
      let length = lines[..<end].first(where: { $0.hasPrefix("Content-Length: ") }).flatMap({ Int($0.dropFirst(16)) })
    else { return nil }
    let body = lines[(end + 1)...].joined(separator: "\r\n")
    return body.utf8.count >= length ? (status, body) : nil
  }
}
