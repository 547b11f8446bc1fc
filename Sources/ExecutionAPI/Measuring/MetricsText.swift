/// Builds the text that Prometheus reads (exposition format 0.0.4).
struct MetricsText {
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private(set) var text = ""

  /// Starts a metric: its type is `counter`, `gauge` or `histogram`.
  mutating func metric(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  /// One value of the metric; label values must need no escaping.
  mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: String) {
    let list = labels.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
    text += list.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
  }

  /// The buckets, sum and count of a histogram with one label.
  mutating func histogram(_ name: String, _ label: (key: String, value: String), _ histogram: DurationHistogram) {
    var total = 0
    for (bound, count) in zip(DurationHistogram.bounds.map { "\($0)" } + ["+Inf"], histogram.counts) {
      total += count
      text += "\(name)_bucket{\(label.key)=\"\(label.value)\",le=\"\(bound)\"} \(total)\n"
    }
    text += "\(name)_sum{\(label.key)=\"\(label.value)\"} \(histogram.sum)\n"
    text += "\(name)_count{\(label.key)=\"\(label.value)\"} \(total)\n"
  }
}
