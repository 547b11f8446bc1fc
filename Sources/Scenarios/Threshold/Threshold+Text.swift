extension Threshold: CustomStringConvertible {
  /// The condition in its shortest form; reading it gives the same condition.
  public var description: String {
    let subject = aggregate.isBare ? "" : "(\(subject))"
    let filters = Self.filterKeys.compactMap { key in self.filters[key].map { "\(key)=\($0)" } }
    let labels = filters + (window.map { ["window=\(Unit.duration($0))"] } ?? [])
    let braces = labels.isEmpty ? "" : "{\(labels.joined(separator: ", "))}"
    return "\(aggregate.name)\(subject)\(braces) \(comparison.rawValue) \(aggregate.unit.text(limit))"
  }

  /// The condition as a run's record keeps it: with what it means when it is true, which its text does not say.
  public var recordText: String {
    let after = afterSeconds > 0 ? " after \(Unit.duration.text(afterSeconds))" : ""
    if abort { return "abort\(after): \(text)" }
    return severity == .warn ? "warn: \(text)" : text
  }

  /// Reads a condition as a run's record keeps it.
  package init(recordText: String) throws(ThresholdProblem) {
    let parts = recordText.split(separator: ": ", maxSplits: 1)
    let words = parts.count == 2 ? parts[0].split(separator: " ") : []
    guard let first = words.first, first == "abort" || first == "warn" else {
      self = try Self(parsing: recordText)
      return
    }
    self = try Self(parsing: String(parts[1]))
    abort = first == "abort"
    severity = first == "warn" ? .warn : .fail
    if words.count == 3, let after = try? Quantity.duration(String(words[2])) { afterSeconds = after.inSeconds }
  }
}
