import FoundationEssentials

/// An event of Lambda's own in a log of JSON lines (Telemetry API, "Event schema reference").
private struct PlatformEvent: Decodable {
  struct Metrics: Decodable {
    var durationMs: Double
    var billedDurationMs: Double
    var memorySizeMB: Double
    var maxMemoryUsedMB: Double?
    var initDurationMs: Double?
    var restoreDurationMs: Double?
  }
  struct Record: Decodable {
    var requestId: String?
    var status: String?
    var metrics: Metrics?
  }
  var type: String
  var record: Record?

  init?(_ line: String) {
    guard let event = try? JSONDecoder().decode(Self.self, from: Data(line.utf8)) else { return nil }
    self = event
  }
}

extension ReportLine {
  /// Reads the event `platform.report`; nil for another line.
  init?(json line: String) {
    guard let event = PlatformEvent(line), event.type == "platform.report", let request = event.record?.requestId,
      let metrics = event.record?.metrics, let billed = Self.whole(metrics.billedDurationMs),
      let memory = Self.whole(metrics.memorySizeMB)
    else { return nil }
    requestID = request
    durationMs = metrics.durationMs
    (billedMs, memoryMB) = (billed, memory)
    maxMemoryMB = metrics.maxMemoryUsedMB.flatMap(Self.whole)
    (initMs, restoreMs) = (metrics.initDurationMs, metrics.restoreDurationMs)
    status = event.record?.status.flatMap { $0 == "success" ? nil : $0 }
  }
}

/// The line that begins a log: an environment starts to initialise.
package enum InitStartLine {
  /// Whether a line is one, text or JSON.
  package static func matches(_ line: String) -> Bool {
    if line.hasPrefix("INIT_START") { return true }
    return line.first == "{" && PlatformEvent(line)?.type == "platform.initStart"
  }
}
