/// Hides what must not be stored or shown: credentials in headers and in URLs.
///
/// Values that came from `${NAME}` need no hiding: the tree keeps what was written, which is the name.
enum SecretRedaction {
  /// Headers whose values are credentials, in lower case.
  static let headers: Set<String> = ["authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token"]

  static func redact(_ root: ScenarioNode) -> ScenarioNode {
    var root = root
    guard case .mapping(var pairs) = root.content else { return root }
    for index in pairs.indices where pairs[index].key == "target" {
      pairs[index].value = redact(target: pairs[index].value)
    }
    root.content = .mapping(pairs)
    return root
  }

  private static func redact(target: ScenarioNode) -> ScenarioNode {
    var target = target
    switch target.content {
    case .text: hide(&target, redact(url:))
    case .list: break
    case .mapping(var pairs):
      for index in pairs.indices {
        switch pairs[index].key {
        case "base_url": hide(&pairs[index].value, redact(url:))
        case "headers": redact(headers: &pairs[index].value)
        default: break
        }
      }
      target.content = .mapping(pairs)
    }
    return target
  }

  private static func redact(headers node: inout ScenarioNode) {
    guard case .mapping(var pairs) = node.content else { return }
    for index in pairs.indices where headers.contains(pairs[index].key.lowercased()) {
      hide(&pairs[index].value) { _ in "***" }
    }
    node.content = .mapping(pairs)
  }

  /// `http://user:password@host/` as `http://***@host/`.
  static func redact(url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return url }
    return url[..<scheme.upperBound] + "***" + url[at...]
  }

  private static func hide(_ node: inout ScenarioNode, _ change: (String) -> String) {
    guard case .text(var text) = node.content else { return }
    text.written = change(text.written)
    node.content = .text(text)
  }
}
