/// Hides what must not be stored or shown: credentials in headers, tokens, and passwords in URLs.
///
/// Values that came from `${NAME}` need no hiding: the tree keeps what was written, which is the name.
enum SecretRedaction {
  /// Whether a header carries a credential, by its name.
  static func isCredential(_ header: String) -> Bool {
    let name = header.lowercased()
    return ["auth", "token", "key", "secret", "cookie", "password", "credential", "signature"].contains(
      where: name.contains)
  }

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
        case "auth": hideAll(&pairs[index].value)
        case "custom": redact(calls: &pairs[index].value)
        default: break
        }
      }
      target.content = .mapping(pairs)
    }
    return target
  }

  private static func redact(calls custom: inout ScenarioNode) {
    guard case .mapping(var pairs) = custom.content else { return }
    for index in pairs.indices where ["submit", "poll"].contains(pairs[index].key) {
      guard case .mapping(var fields) = pairs[index].value.content else { continue }
      for field in fields.indices where fields[field].key == "headers" { redact(headers: &fields[field].value) }
      pairs[index].value.content = .mapping(fields)
    }
    custom.content = .mapping(pairs)
  }

  private static func redact(headers node: inout ScenarioNode) {
    guard case .mapping(var pairs) = node.content else { return }
    for index in pairs.indices where isCredential(pairs[index].key) { hideAll(&pairs[index].value) }
    node.content = .mapping(pairs)
  }

  /// `http://user:password@host/` as `http://***@host/`; a text without a scheme loses all before its last `@`.
  static func redact(url: String) -> String {
    let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
    let authority = url[start...].prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return url }
    return url[..<start] + "***" + url[at...]
  }

  private static func hideAll(_ node: inout ScenarioNode) {
    switch node.content {
    case .text: hide(&node) { isReference($0) ? $0 : "***" }
    case .list(let items): node.content = .list(items.map(hidden))
    case .mapping(let pairs):
      node.content = .mapping(pairs.map { ScenarioPair($0.key, at: $0.keyPlace, hidden($0.value)) })
    }
  }

  /// Whether a text is `${NAME}`, or `Bearer ${NAME}`: it says where the secret is and nothing of it.
  private static func isReference(_ text: String) -> Bool {
    let last = text.split(separator: " ", maxSplits: 1).last ?? ""
    return last.hasPrefix("${") && last.firstIndex(of: "}") == last.index(before: last.endIndex)
  }

  private static func hidden(_ node: ScenarioNode) -> ScenarioNode {
    var node = node
    hideAll(&node)
    return node
  }

  private static func hide(_ node: inout ScenarioNode, _ change: (String) -> String) {
    guard case .text(var text) = node.content else { return }
    text.written = change(text.written)
    node.content = .text(text)
  }
}
