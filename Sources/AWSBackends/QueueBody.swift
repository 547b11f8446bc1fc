import FoundationEssentials
package import JobBackends
import Jobs

/// A job message as a queue's text.
package enum QueueBody {
  /// Writes a message as JSON.
  package static func text(of message: JobMessage) throws(BackendError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(message), as: UTF8.self)
    } catch {
      throw BackendError(.invalid, "cannot write the message of job \(message.jobId) as JSON: \(error)")
    }
  }

  /// Reads a message; nil for a text that is none.
  package static func message(in text: String) -> JobMessage? {
    try? JSONDecoder().decode(JobMessage.self, from: Data(text.utf8))
  }

  /// A delivery from a text and what the queue says of it; nil where either is not of the documented form.
  ///
  /// - Parameter attributes: `SentTimestamp` (milliseconds since 1970) and `ApproximateReceiveCount`, as texts.
  package static func delivery(of text: String, receipt: String, attributes: [String: String]) -> ReceivedMessage? {
    guard let message = message(in: text), let sent = number(attributes["SentTimestamp"]),
      let attempt = number(attributes["ApproximateReceiveCount"])
    else { return nil }
    return ReceivedMessage(message: message, receipt: receipt, attempt: Int(attempt), sentAt: sent * 1_000)
  }

  /// Servers that imitate SQS have been seen to write large numbers with an exponent.
  private static func number(_ text: String?) -> Int64? {
    guard let text else { return nil }
    if let number = Int64(text) { return number }
    guard let value = Double(text), value.isFinite, value >= 0, value < 9e15 else { return nil }
    return Int64(value)
  }
}
