/// A secure connection that could not be made or kept; its text holds nothing that was sent.
package struct TLSError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of trouble, for callers that must choose.
  package enum Kind: String, Sendable, Hashable {
    /// The certificate is not trusted, has expired, or is another host's.
    case untrusted
    /// The two sides do not agree: the peer speaks no TLS, too old a version, or wants a certificate of the client.
    case disagreement
    /// A file of certificates cannot be used.
    case certificates
    /// The peer did not answer in time.
    case timeout
    /// The peer ended the connection.
    case closed
  }

  /// What kind of trouble.
  package let kind: Kind
  /// What happened, in a few words.
  package let description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
