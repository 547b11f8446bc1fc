import FoundationEssentials

/// Texts that must not be stored or shown, wherever they turn up: a platform may well repeat a token in its answers.
public struct Secrets: Sendable, Hashable {
  /// The texts, longest first, so that one that is part of another hides nothing of it.
  private let texts: [String]

  /// Shorter ones would be found in any text.
  private static let shortest = 6

  /// These texts, those that are too short to be told from other words left out.
  public init(_ texts: some Sequence<String> = []) {
    self.texts = Set(texts).filter { $0.utf8.count >= Self.shortest }.sorted {
      ($1.utf8.count, $0) < ($0.utf8.count, $1)
    }
  }

  /// Nothing is hidden.
  public var isEmpty: Bool { texts.isEmpty }

  /// A text with `***` in place of every secret.
  public func redacting(_ text: String) -> String {
    texts.reduce(text) { text, secret in text.contains(secret) ? text.replacing(secret, with: "***") : text }
  }
}

extension Secrets {
  /// The secrets of a target: credentials in headers, tokens, passwords in its URL, and whatever came from the
  /// environment other than its address.
  init(ofTarget node: ScenarioNode) {
    var texts: [String] = []
    Self.collect(node, isAddress: true, into: &texts)
    self.init(texts)
  }

  /// Keys that say where the target is, which reports show.
  private static let addresses: Set<String> = ["base_url", "resolve", "tls", "profile"]

  private static func collect(_ node: ScenarioNode, isAddress: Bool, into texts: inout [String]) {
    switch node.content {
    case .text(let text):
      texts += userInformation(of: text.value)
      if !isAddress { texts += text.substituted }
    case .list(let items): for item in items { collect(item, isAddress: isAddress, into: &texts) }
    case .mapping(let pairs):
      for pair in pairs {
        if SecretRedaction.isCredential(pair.key), case .text(let text) = pair.value.content {
          // `Bearer TOKEN` may be repeated without its first word.
          texts += [text.value] + text.value.split(separator: " ").dropFirst().map(String.init)
        }
        if pair.key == "auth", case .mapping(let fields) = pair.value.content {
          for case .text(let text) in fields.map(\.value.content) { texts.append(text.value) }
        }
        collect(pair.value, isAddress: addresses.contains(pair.key), into: &texts)
      }
    }
  }

  /// `user:password` of a URL, the password alone, and both as basic authentication sends them (RFC 7617).
  private static func userInformation(of url: String) -> [String] {
    guard let scheme = url.firstRange(of: "://") else { return [] }
    let authority = url[scheme.upperBound...].prefix { !"/?#".contains($0) }
    guard let at = authority.lastIndex(of: "@") else { return [] }
    let information = authority[..<at]
    let password = information.firstIndex(of: ":").map { String(information[$0...].dropFirst()) }
    return [String(information), Data(information.utf8).base64EncodedString()] + (password.map { [$0] } ?? [])
  }
}
