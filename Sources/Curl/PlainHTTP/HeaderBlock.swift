/// Header lines of requests, as they are sent over an unencrypted connection; libcurl's own defaults among them.
struct HeaderBlock {
  /// The lines with their ends, without Host unless it was given.
  let bytes: [UInt8]
  /// Host is among the lines.
  let namesHost: Bool

  /// Fields that say how the message is framed or what becomes of the connection, which libcurl has to know.
  private static let framing: Set<String> = [
    "content-length", "transfer-encoding", "connection", "expect", "te", "trailer", "upgrade", "http2-settings",
  ]

  /// The lines of given headers; nil where libcurl has to send them.
  init?(_ headers: [(String, String)]) {
    let names = Set(headers.map { $0.0.lowercased() })
    guard names.isDisjoint(with: Self.framing), headers.allSatisfy({ Self.isOneLine($0.0) && Self.isOneLine($0.1) })
    else { return nil }
    var text = ""
    if !names.contains("user-agent") { text += "User-Agent: \(TransferSlot.agent)\r\n" }
    if !names.contains("accept") { text += "Accept: */*\r\n" }
    for (name, value) in headers { text += value.isEmpty ? "\(name):\r\n" : "\(name): \(value)\r\n" }
    bytes = Array(text.utf8)
    namesHost = names.contains("host")
  }

  private static func isOneLine(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 != 10 && $0 != 13 && $0 != 0 }
  }
}
