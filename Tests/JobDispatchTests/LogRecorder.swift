import HostSystem
import Logging

/// Keeps what is logged, for a test to read.
struct LogRecorder: LogHandler {
  private let lines = Lock<[String]>([])
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .trace

  /// A logger that writes here.
  var logger: Logger { Logger(label: "test") { _ in self } }

  /// Every message so far, without its metadata.
  var messages: [String] { lines.withLock { $0 } }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    lines.withLock { $0.append("\(event.level): \(event.message)") }
  }
}
