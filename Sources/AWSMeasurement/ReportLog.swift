package import AWSServices
import FoundationEssentials

/// REPORT lines of a function and the starts of its environments, collected from any number of queries.
package struct ReportLog: Sendable {
  /// A REPORT line with where and when it was written.
  package struct Entry: Sendable, Hashable {
    /// What it says.
    package var line: ReportLine
    /// The log stream, which is one environment's own.
    package var environment: String
    /// Milliseconds since 1970.
    package var writtenAt: Int64
  }

  /// The query that its rows come from, whether the function logs text or JSON.
  package static let query = """
    fields @timestamp, @message, @logStream
    | filter @message like /^REPORT RequestId: / or @message like /^INIT_START/ \
    or @message like /"type": ?"platform\\.(report|initStart)"/
    | sort @timestamp asc
    """

  private var entries: [String: Entry] = [:]
  private var starts: [String: [Int64]] = [:]

  /// An empty log.
  package init() {}

  /// Adds rows; of several lines of one invocation the last written is the platform's, since a program that is run there
  /// may have printed one before.
  package mutating func add(_ rows: [LogsInsights.Row]) {
    for row in rows {
      guard let message = row["@message"], let stream = row["@logStream"],
        let at = row["@timestamp"].flatMap(LogTime.milliseconds)
      else { continue }
      if let line = ReportLine(message) {
        let known = entries[line.requestID]
        if known.map({ $0.writtenAt <= at }) ?? true {
          entries[line.requestID] = Entry(line: line, environment: stream, writtenAt: at)
        }
      } else if InitStartLine.matches(message) {
        starts[stream, default: []].append(at)
      }
    }
  }

  /// The line of an invocation.
  package func entry(of requestID: String) -> Entry? { entries[requestID] }

  /// When the environment of a line started to initialise, for its invocation: the last start before it.
  package func start(of entry: Entry) -> Int64? {
    let invoked = entry.writtenAt - Int64(entry.line.durationMs)
    // Both instants are of one clock, and are written with some delay.
    return starts[entry.environment]?.filter { $0 <= invoked + 100 }.max()
  }
}

/// Instants as Logs Insights writes them: `2026-11-27 23:30:12.345`, in UTC.
package enum LogTime {
  /// Milliseconds since 1970; nil for another text.
  package static func milliseconds(_ text: String) -> Int64? {
    let instant = text.prefix(19).map { $0 == " " ? "T" : $0 }
    guard let date = try? Date(String(instant) + "Z", strategy: .iso8601) else { return nil }
    let fraction = text.count > 20 ? Int64(text.dropFirst(20).prefix(3)) ?? 0 : 0
    return Int64(date.timeIntervalSince1970) * 1_000 + fraction
  }
}
