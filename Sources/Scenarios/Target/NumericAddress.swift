import Glibc

/// An address in numbers, IPv4 or IPv6, the latter with or without brackets.
enum NumericAddress {
  static func isValid(_ text: some StringProtocol) -> Bool {
    var bytes = in6_addr()
    if inet_pton(AF_INET, String(text), &bytes) == 1 { return true }
    let bare = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : String(text)
    return inet_pton(AF_INET6, bare, &bytes) == 1
  }
}
