import Jobs
import MicroHTTP

// What is checked of a request before its body is read.
extension HTTPRequest {
  /// The body is JSON in UTF-8 and nothing around it.
  func requireJSON() throws(Problem) {
    guard let type = header("content-type") else {
      throw Problem(.unsupportedMediaType, [.header("Content-Type", "expected application/json, got none")])
    }
    let parts = type.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" && $0 != "\"" } }
    let charset = parts.dropFirst().first { $0.hasPrefix("charset=") } ?? "charset=utf-8"
    guard parts.first == "application/json", charset == "charset=utf-8" else {
      let detail = "expected application/json (charset=utf-8), got \(quote(type))"
      throw Problem(.unsupportedMediaType, [.header("Content-Type", detail)])
    }
    if let coding = header("content-encoding"), coding.lowercased() != "identity" {
      throw Problem(.unsupportedMediaType, [.header("Content-Encoding", "expected none, got \(quote(coding))")])
    }
  }

  /// The key under which the same submission may be sent again, if there is one.
  func idempotencyKey() throws(Problem) -> String? {
    guard let key = header("idempotency-key") else { return nil }
    guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      let detail = "expected 1 to 255 visible ASCII characters, got \(quote(key)) (\(key.utf8.count) bytes)"
      throw Problem(.invalidHeader, [.header("Idempotency-Key", detail)])
    }
    return key
  }

  /// Milliseconds that the client offers to wait; 0 where it does not say.
  func waitMilliseconds() throws(Problem) -> Int {
    guard let text = parameter("wait") else { return 0 }
    let isPlain = !text.isEmpty && text.utf8.count <= 16 && text.allSatisfy { ("0"..."9").contains($0) || $0 == "." }
    guard isPlain, let seconds = Double(text), (0...300).contains(seconds) else {
      let detail = "expected a number of seconds from 0 to 300, got \(quote(text))"
      throw Problem(.invalidParameter, [.parameter("wait", detail)])
    }
    return Int((seconds * 1_000).rounded(.up))
  }
}
