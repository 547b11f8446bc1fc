/// A server that could not start: what was tried, on what, and why not.
public struct HTTPServerError: Error, CustomStringConvertible, Sendable {
  /// The sentence for a person, with what to do.
  public let description: String
  /// Another program listens on the port.
  public let addressInUse: Bool

  init(_ description: String, addressInUse: Bool = false) {
    self.description = description
    self.addressInUse = addressInUse
  }
}
