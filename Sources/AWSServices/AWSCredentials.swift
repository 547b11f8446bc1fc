/// Who signs: never printed.
package struct AWSCredentials: Sendable, Hashable, CustomStringConvertible {
  /// The public half.
  package var accessKeyID: String
  let secretAccessKey: String
  let sessionToken: String?

  /// Credentials; temporary ones have a session token.
  package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
  }

  /// The public half alone.
  package var description: String { "credentials of \(accessKeyID)" }
}

extension AWSCredentials: CustomReflectable {
  /// A dump shows the public half alone, too.
  package var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
