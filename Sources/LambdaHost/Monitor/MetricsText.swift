/// Prometheus's text format 0.0.4: one family after the other, each with its help and type.
struct MetricsText {
  private(set) var text = ""

  enum Kind: String {
    case counter
    case gauge
  }

  /// A family with one sample.
  mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: some CustomStringConvertible) {
    begin(name, kind, help)
    text += "\(name) \(value)\n"
  }

  /// A family with a sample for each value of one label.
  mutating func add(_ name: String, _ kind: Kind, _ help: String, label: String, _ values: [(String, Int)]) {
    begin(name, kind, help)
    for (value, number) in values { text += "\(name){\(label)=\"\(value)\"} \(number)\n" }
  }

  private mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }
}
