/// One piece of work from the Runtime API.
public struct Invocation: Sendable, Hashable {
  /// The request's name, which the answer must repeat.
  public var requestID: String
  /// When the answer must be there, in milliseconds since 1970; nil where the API did not say.
  public var deadline: Int64?
  /// What to work on.
  public var payload: [UInt8]

  /// A piece of work.
  public init(requestID: String, deadline: Int64?, payload: [UInt8]) {
    self.requestID = requestID
    self.deadline = deadline
    self.payload = payload
  }
}
