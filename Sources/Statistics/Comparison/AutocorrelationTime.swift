/// How many values of a series in the order of time say as much as one independent value.
///
///     tau = 1 + 2 sum over lags t of rho(t),   independent values = n / tau
///
/// The sum ends at the first lag of at least 5 tau (Sokal 1997, section 3). It is taken over ranks, in 64 classes, so that one
/// slow job cannot decide it; more than 20,000 values are averaged in neighbours first, whose variance is then
/// measured as well (Flyvbjerg and Petersen 1989). Never below 1: luck is no information.
public struct AutocorrelationTime: Sendable, Hashable {
  /// tau, at least 1; 1 for fewer than fifty values, of which nothing can be learned about it.
  public let value: Double

  private static let mostPoints = 20_000

  /// The time of values in the order in which they came about.
  public init(of values: [Int64]) { self.init(of: values, sorted: values.sorted()) }

  init(of values: [Int64], sorted: [Int64]) {
    guard values.count >= 50 else {
      value = 1
      return
    }
    let scores = Self.classes(values, sorted)
    let variance = Self.variance(scores)
    guard variance > 0 else {
      value = 1
      return
    }
    let size = (scores.count + Self.mostPoints - 1) / Self.mostPoints
    let means = Self.means(of: scores, size)
    let scale = size == 1 ? 1 : Double(size) * Self.variance(means) / variance
    value = max(1, scale * Self.windowed(means))
  }

  /// Each value's place among 64 classes of equally many values.
  private static func classes(_ values: [Int64], _ sorted: [Int64]) -> [Double] {
    let borders = (1..<64).map { sorted[$0 * sorted.count / 64] }
    return values.map { value in
      var (low, high) = (0, borders.count)
      while low < high {
        let middle = (low + high) / 2
        if borders[middle] < value { low = middle + 1 } else { high = middle }
      }
      return Double(low)
    }
  }

  private static func means(of scores: [Double], _ size: Int) -> [Double] {
    guard size > 1 else { return scores }
    return (0..<(scores.count / size)).map { block in
      scores[(block * size)..<((block + 1) * size)].reduce(0, +) / Double(size)
    }
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  private static func windowed(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let centred = values.map { $0 - mean }
    let total = centred.reduce(0) { $0 + $1 * $1 }
    guard total > 0 else { return 1 }
    var time = 1.0
    for lag in 1..<max(2, centred.count / 10) {
      let products = zip(centred, centred[lag...]).reduce(0) { $0 + $1.0 * $1.1 }
      time += 2 * products / total
      if Double(lag) >= 5 * time { break }
    }
    return time
  }
}
