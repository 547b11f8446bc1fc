/// Moves labels that stand in one column apart, each as little as possible from where it belongs.
enum LabelPlacement {
  /// Vertical positions for labels that belong at `wanted`, at least `gap` apart, within `bounds` as far as they fit.
  static func spread(_ wanted: [Double], gap: Double, within bounds: ClosedRange<Double>) -> [Double] {
    let order = wanted.indices.sorted { wanted[$0] < wanted[$1] }
    var placed = wanted
    var floor = bounds.lowerBound
    for index in order {
      placed[index] = max(wanted[index], floor)
      floor = placed[index] + gap
    }
    // Pushed off the lower edge, the column slides back up as a whole where it touches.
    var ceiling = bounds.upperBound
    for index in order.reversed() {
      placed[index] = min(placed[index], ceiling)
      ceiling = placed[index] - gap
    }
    return placed
  }
}
