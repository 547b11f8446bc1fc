/// What Lambda says of an invocation in its log: the line `REPORT RequestId: ...`.
package struct ReportLine: Sendable, Hashable {
  /// Whose invocation it is.
  package var requestID: String
  /// Milliseconds that the handler took.
  package var durationMs: Double
  /// Milliseconds billed, initialisation included where it is billed.
  package var billedMs: Int
  /// Memory configured, in mebibytes.
  package var memoryMB: Int
  /// Most memory used by the environment so far, in mebibytes.
  package var maxMemoryMB: Int?
  /// Milliseconds of initialisation; only where this invocation waited for it.
  package var initMs: Double?
  /// Milliseconds of restoring a snapshot.
  package var restoreMs: Double?
  /// `timeout` or `error`, where the invocation ended so.
  package var status: String?

  /// The invocation waited for its environment.
  package var isCold: Bool { initMs != nil || restoreMs != nil }

  /// The last line of a log that is the report of this request.
  ///
  /// A program that is run here may print a line of the same form, hence the last one, and the request's name.
  package static func last(in log: String, of requestID: String) -> ReportLine? {
    log.split(whereSeparator: \.isNewline).reversed().lazy.compactMap { ReportLine(String($0)) }
      .first { $0.requestID == requestID }
  }

  /// Reads a line, text or JSON; nil for one of another kind.
  ///
  /// Fields are found by their names, since what follows them varies.
  package init?(_ line: String) {
    if line.first == "{" {
      self.init(json: line)
    } else {
      self.init(text: line)
    }
  }

  private init?(text line: String) {
    guard line.hasPrefix("REPORT RequestId: ") else { return nil }
    var fields: [String: String] = [:]
    for part in line.dropFirst("REPORT ".count).split(separator: "\t") {
      guard let colon = part.firstRange(of: ": ") else { continue }
      let name = String(part[..<colon.lowerBound].drop { $0 == " " })
      fields[name] = String(part[colon.upperBound...].prefix { $0 != " " })
    }
    guard let request = fields["RequestId"], let duration = fields["Duration"].flatMap({ Double($0) }),
      let billed = fields["Billed Duration"].flatMap({ Double($0) }),
      let memory = fields["Memory Size"].flatMap({ Double($0) })
    else { return nil }
    guard let whole = Self.whole(billed), let size = Self.whole(memory) else { return nil }
    requestID = request
    durationMs = duration
    (billedMs, memoryMB) = (whole, size)
    maxMemoryMB = fields["Max Memory Used"].flatMap { Double($0) }.flatMap(Self.whole)
    initMs = fields["Init Duration"].flatMap { Double($0) }
    restoreMs = fields["Restore Duration"].flatMap { Double($0) }
    status = fields["Status"]
  }

  /// A whole number of a field; nil for what no platform measures.
  static func whole(_ value: Double) -> Int? { value.isFinite && value >= 0 && value < 1e15 ? Int(value) : nil }
}
