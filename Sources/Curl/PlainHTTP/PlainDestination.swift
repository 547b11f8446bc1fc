import CCurl

/// Where a request over an unencrypted connection goes, as far as its URL says so plainly.
///
/// Credentials, fragments, dot segments and characters that would have to be encoded are libcurl's to deal with.
package struct PlainDestination: Equatable {
  /// Host and port as the URL has them.
  package let authority: String
  /// Path and query, as they stand in the request line.
  package let target: String

  private static let scheme = "http://"

  /// The destination of an http URL; nil where libcurl has to read it.
  package init?(_ url: String) {
    guard url.utf8.starts(with: Self.scheme.utf8) else { return nil }
    let rest = url.utf8.dropFirst(Self.scheme.utf8.count)
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    guard !authority.isEmpty, authority.last != UInt8(ascii: ":"), authority.allSatisfy(Self.isPlace) else {
      return nil
    }
    let target = rest[authority.endIndex...]
    guard Self.isPlain(target) else { return nil }
    self.authority = String(Substring(authority))
    self.target = target.first == UInt8(ascii: "/") ? String(Substring(target)) : "/" + Substring(target)
  }

  /// What libcurl connects to.
  var connectURL: String { Self.scheme + authority + "/" }

  /// The field Host, in which the scheme's own port is left out.
  package var hostLine: String { "Host: \(authority.hasSuffix(":80") ? String(authority.dropLast(3)) : authority)\r\n" }

  /// Letters, digits and `-._:[]`: names and addresses without credentials and zones.
  private static func isPlace(_ byte: UInt8) -> Bool {
    byte | 0x20 &- 0x61 < 26 || byte &- 0x2d < 2 || byte &- 0x30 < 11 || byte == 0x5b || byte == 0x5d || byte == 0x5f
  }

  /// Visible ASCII, without a fragment and without a segment that begins with a dot.
  private static func isPlain(_ target: Substring.UTF8View) -> Bool {
    var last: UInt8 = 0
    for byte in target {
      guard byte &- 0x21 < 0x5e, byte != UInt8(ascii: "#"), byte != UInt8(ascii: "\\") else { return false }
      if byte == UInt8(ascii: "."), last == UInt8(ascii: "/") { return false }
      last = byte
    }
    return true
  }

  /// The URL that a redirect from another leads to, by libcurl's own reading of both; nil where it is none.
  package static func resolve(_ location: String, from url: String) -> String? {
    guard let parser = curl_url() else { return nil }
    defer { curl_url_cleanup(parser) }
    let flags = UInt32(CURLU_URLENCODE | CURLU_ALLOW_SPACE)
    guard curl_url_set(parser, CURLUPART_URL, url, 0) == CURLUE_OK,
      curl_url_set(parser, CURLUPART_URL, location, flags) == CURLUE_OK,
      curl_url_set(parser, CURLUPART_FRAGMENT, nil, 0) == CURLUE_OK
    else { return nil }
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(parser, CURLUPART_URL, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
