/// Values as a line of blocks, the smallest the lowest; what is missing is a space.
enum Sparkline {
  private static let blocks = Array("▁▂▃▄▅▆▇█")

  static func text(_ values: [Double?]) -> String {
    let known = values.compactMap(\.self).filter(\.isFinite)
    guard let low = known.min(), let high = known.max() else { return String(repeating: " ", count: values.count) }
    return String(
      values.map { value -> Character in
        guard let value, value.isFinite else { return " " }
        guard high > low else { return blocks[3] }
        return blocks[min(7, Int((value - low) / (high - low) * 8))]
      })
  }
}
