import FoundationEssentials
import Jobs
import Redis

/// A job message as the fields of a stream entry.
///
/// Source and input travel as they are and beside the JSON: escaping them would cost more than everything else.
enum StreamEntry {
  /// Field by field, what a message is stored as.
  static func fields(of message: JobMessage) throws(BackendError) -> [(name: String, value: RedisArgument)] {
    var envelope = message
    envelope.code = nil
    var beside: [(name: String, value: RedisArgument)] = []
    if let code = message.code { beside.append((name: "code", value: RedisArgument(code))) }
    if case .one(let stdin) = message.stdin {
      envelope.stdin = nil
      beside.append((name: "stdin", value: RedisArgument(stdin)))
    }
    return [(name: "message", value: RedisArgument(try JSON.encode(envelope)))] + beside
  }

  /// Puts a message together again; nil where the fields are not a message.
  ///
  /// - Parameter pending: deliveries of this very entry, this one included.
  static func message(receipt: String, fields: [String: RedisReply], pending: Int) -> ReceivedMessage? {
    guard let envelope = fields["message"]?.bytes,
      var message = try? JSON.decode(JobMessage.self, from: envelope),
      let acceptedAt = fields["accepted"]?.integer, let before = fields["deliveries"]?.integer
    else { return nil }
    message.code = fields["code"]?.text
    if let stdin = fields["stdin"]?.text { message.stdin = .one(stdin) }
    return ReceivedMessage(
      message: message, receipt: receipt, attempt: Int(before) + pending, sentAt: acceptedAt)
  }
}
