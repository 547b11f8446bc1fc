import Statistics

extension ValidityLimit {
  /// The limits for people, for example `suspect > 1.00 ms, invalid > 10.0 ms`.
  var text: String {
    let sign = isFloor ? "<" : ">"
    let parts = [("suspect", suspect), ("invalid", invalid)].compactMap { word, limit in
      limit.map { "\(word) \(sign) \(text(of: $0))" }
    }
    return parts.joined(separator: ", ")
  }

  /// A value in the unit of the limits.
  func text(of value: Double) -> String {
    switch unit {
    case .milliseconds: QuantityText.duration(nanoseconds: value * 1e6)
    case .share: QuantityText.percent(value)
    case .jobs: QuantityText.number(value)
    }
  }
}
