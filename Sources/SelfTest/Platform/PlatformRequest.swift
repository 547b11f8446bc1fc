/// A request as the platform reads it, with its instant.
package struct PlatformRequest: Sendable, Equatable {
  /// For example `POST /execute`, its query left out.
  package var call: String
  /// Seconds of `?wait=`; nil where it is not asked for.
  package var wait: Int64?
  /// The `code` of a submission.
  package var code: String

  package init(call: String, wait: Int64? = nil, code: String = "") {
    self.call = call
    self.wait = wait
    self.code = code
  }

  /// Takes the first whole request off the bytes of a connection; nil where it is not all there.
  ///
  /// It reads what the generator writes and no more: a head with Content-Length, a JSON body whose `code` has neither
  /// quotes nor backslashes.
  package static func take(from bytes: inout [UInt8]) -> PlatformRequest? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
    let length = Self.contentLength(in: head)
    guard bytes.count >= end.upperBound + length else { return nil }
    let body = bytes[end.upperBound..<(end.upperBound + length)]
    defer { bytes.removeFirst(end.upperBound + length) }
    let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
    guard words.count >= 2 else { return PlatformRequest(call: "", wait: nil, code: "") }
    let path = words[1].split(separator: "?", maxSplits: 1)
    let wait = path.dropFirst().first.flatMap {
      $0.hasPrefix("wait=") ? Int64($0.dropFirst(5)) : nil
    }
    return PlatformRequest(
      call: "\(words[0]) \(path.first ?? "")", wait: wait, code: Self.code(in: Array(body)))
  }

  private static func contentLength(in head: String) -> Int {
    // "\r\n" is one Character of Swift.
    let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
    return line.flatMap { Int($0.dropFirst("content-length:".count).filter(\.isNumber)) } ?? 0
  }

  private static func code(in body: [UInt8]) -> String {
    guard let key = body.firstRange(of: Array("\"code\":\"".utf8)) else { return "" }
    return String(
      decoding: body[key.upperBound...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
  }
}
