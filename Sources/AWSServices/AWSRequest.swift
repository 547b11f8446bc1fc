/// A request to a service before it is signed: nothing in it is escaped yet.
package struct AWSRequest: Sendable {
  /// The method in capitals.
  package var method: String
  /// The path from the slash on, as plain text; slashes divide it.
  package var path: String
  /// Names and values of the query, as plain text.
  package var query: [(name: String, value: String)]
  /// Header fields beyond those that signing adds.
  package var headers: [(name: String, value: String)]
  /// What is sent.
  package var body: [UInt8]

  /// A request.
  package init(
    method: String = "POST", path: String = "/", query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// The path as it is sent: everything but unreserved characters and slashes escaped.
  package var sentPath: String { PercentEncoding.encode(path, keepingSlashes: true) }

  /// The query as it is sent and signed: names and values escaped, sorted by name and then value; empty without one.
  package var sentQuery: String {
    query.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
      .sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }.joined(separator: "&")
  }
}

/// The escaping that signatures of version 4 ask for: RFC 3986, unreserved characters as they are, capitals.
enum PercentEncoding {
  static func encode(_ text: String, keepingSlashes: Bool = false) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        [byte]
      case UInt8(ascii: "/") where keepingSlashes: [byte]
      default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
