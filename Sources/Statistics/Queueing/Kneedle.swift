/// Where a curve bends most: Kneedle (Satopää and others 2011) for a concave, rising curve, offline.
///
/// The points are put on the unit square; the knee is the first local maximum of y - x after which the difference falls below that
/// maximum minus S times the mean step in x.
public enum Kneedle {
  /// The x of the knee; nil in fewer than three points, where x does not rise, and where there is no knee.
  public static func knee(_ points: [(x: Double, y: Double)], sensitivity: Double = 1) -> Double? {
    guard points.count >= 3, zip(points, points.dropFirst()).allSatisfy({ $0.x < $1.x }) else { return nil }
    let (x, y) = (unit(points.map(\.x)), unit(points.map(\.y)))
    let difference = zip(x, y).map { $1 - $0 }
    let fall = sensitivity / Double(points.count - 1)
    var candidate: Int?
    for index in 1..<points.count {
      let isMaximum =
        index + 1 < points.count && difference[index] >= difference[index - 1]
        && difference[index] >= difference[index + 1]
      if isMaximum { candidate = index }
      if let found = candidate, difference[index] < difference[found] - fall { return points[found].x }
    }
    return nil
  }

  private static func unit(_ values: [Double]) -> [Double] {
    guard let low = values.min(), let high = values.max(), high > low else { return values.map { _ in 0 } }
    return values.map { ($0 - low) / (high - low) }
  }
}
