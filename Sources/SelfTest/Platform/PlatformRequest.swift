import Glibc

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
    guard let end = find(headEnd, in: bytes, from: 0) else { return nil }
    let bodyStart = end + headEnd.count
    let length = contentLength(in: bytes, before: end)
    guard bytes.count >= bodyStart + length else { return nil }
    defer { bytes.removeFirst(bodyStart + length) }
    let words = bytes[..<end].prefix { $0 != UInt8(ascii: "\r") }.split(separator: UInt8(ascii: " "))
    guard words.count >= 2 else { return PlatformRequest(call: "", wait: nil, code: "") }
    let path = words[1].split(separator: UInt8(ascii: "?"), maxSplits: 1)
    let wait = path.dropFirst().first.flatMap {
      $0.starts(with: waitKey) ? Int64(text($0.dropFirst(waitKey.count))) : nil
    }
    let call = text(words[0]) + " " + (path.first.map { text($0) } ?? "")
    return PlatformRequest(call: call, wait: wait, code: code(in: bytes, from: bodyStart, to: bodyStart + length))
  }

  private static let headEnd = Array("\r\n\r\n".utf8)
  private static let lengthKeys = [Array("Content-Length:".utf8), Array("content-length:".utf8)]
  private static let codeKey = Array("\"code\":\"".utf8)
  private static let waitKey = Array("wait=".utf8)

  private static func contentLength(in bytes: [UInt8], before end: Int) -> Int {
    for key in lengthKeys {
      guard let place = find(key, in: bytes, from: 0), place < end else { continue }
      let digits = bytes[(place + key.count)..<end].drop { $0 == UInt8(ascii: " ") }
      return Int(text(digits.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })) ?? 0
    }
    return 0
  }

  private static func code(in bytes: [UInt8], from start: Int, to end: Int) -> String {
    guard let place = find(codeKey, in: bytes, from: start), place < end else { return "" }
    return text(bytes[(place + codeKey.count)..<end].prefix { $0 != UInt8(ascii: "\"") })
  }

  /// Where a part begins: hundreds of answers wait for this when the platform thaws.
  private static func find(_ part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { whole -> Int? in
      guard let base = whole.baseAddress, start + part.count <= whole.count else { return nil }
      for place in start...(whole.count - part.count) where whole[place] == part[0] {
        if memcmp(base + place, part, part.count) == 0 { return place }
      }
      return nil
    }
  }

  private static func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }
}
