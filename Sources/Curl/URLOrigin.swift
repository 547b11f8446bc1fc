/// Scheme, host and port of a URL: what must be the same for credentials to be sent on (RFC 6454, section 4).
package struct URLOrigin: Hashable {
  private let scheme: String
  private let host: String
  private let port: String

  /// The origin of an absolute http or https URL; nil for anything else.
  package init?(_ url: some StringProtocol) {
    guard let separator = url.firstRange(of: "://") else { return nil }
    scheme = url[..<separator.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let authority = url[separator.upperBound...].prefix { !"/?#\\".contains($0) }
    let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority[...]
    let end =
      place.first == "[" ? place.firstIndex(of: "]").map(place.index(after:)) ?? place.endIndex : place.startIndex
    let colon = place[end...].firstIndex(of: ":") ?? place.endIndex
    host = place[..<colon].lowercased()
    let written = place[colon...].dropFirst()
    port = written.isEmpty ? (scheme == "http" ? "80" : "443") : String(written)
  }

  /// Whether a redirect to a location stays with this origin; one without a scheme and a host does.
  package func holds(_ location: String) -> Bool {
    if location.hasPrefix("//") || location.hasPrefix("\\\\") || location.hasPrefix("/\\") {
      return URLOrigin("\(scheme):\(location)") == self
    }
    if let other = URLOrigin(location) { return other == self }
    // `scheme:rest` without slashes is another scheme's; a colon after the first slash is part of a path.
    let head = location.prefix { !"/?#".contains($0) }
    return !head.contains(":")
  }
}
