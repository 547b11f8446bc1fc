/// Where the rows of the table behind a chart lie in its picture, so that a pointer over the picture finds its row.
///
/// It becomes attributes of the picture and no mark: a reader without script sees the same picture and the same table.
struct ChartReadout {
  enum Direction: String {
    case across
    case down
  }

  var direction: Direction
  /// Pixels along the direction, one for each row.
  var places: [Double]
  /// Pixels from and to across the direction: where a line through all marks of a row begins and ends.
  var extent: (from: Double, to: Double)

  var attributes: String {
    guard !places.isEmpty else { return "" }
    let list = places.map { SVGCanvas.number($0) }.joined(separator: " ")
    return " data-\(direction.rawValue)=\"\(list)\" "
      + "data-extent=\"\(SVGCanvas.number(extent.from)) \(SVGCanvas.number(extent.to))\""
  }
}
