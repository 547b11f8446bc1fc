/// How many jobs of each stretch of the run took how long: the cells of a heat map.
public struct LatencyGrid: Sendable {
  /// Borders of the rows in seconds: six a decade from 1 µs to 28 h, near to evenly spaced on a logarithmic axis.
  static let borders: [Double] =
    (-6...4).flatMap { power in
      [1, 1.5, 2, 3, 5, 7].map { $0 * Self.power(power) }
    } + [100_000]

  private static let nanoseconds = borders.map { Int64($0 * 1e9) }

  /// Seconds of a column.
  public let columnSeconds: Int
  private var cells: [[Int]]

  /// An empty grid over a run of that many seconds, of at most 100 columns.
  init(seconds: Int) {
    columnSeconds = RunStep.seconds(atLeast: Double(seconds) / 100)
    let columns = max(1, (seconds + columnSeconds - 1) / columnSeconds)
    cells = Array(repeating: Array(repeating: 0, count: Self.borders.count - 1), count: columns)
  }

  mutating func add(due: Int64, nanoseconds: Int64) {
    let column = min(cells.count - 1, max(0, Int(due / 1_000_000_000) / columnSeconds))
    cells[column][Self.row(of: nanoseconds)] += 1
  }

  /// Jobs in the grid.
  public var count: Int { cells.joined().reduce(0, +) }

  /// Borders of the columns in seconds since the run's start.
  public var columns: [Double] { (0...cells.count).map { Double($0 * columnSeconds) } }

  /// Borders of the rows that hold jobs, in seconds, and the counts by column and row.
  public var filled: (rows: [Double], counts: [[Int]]) {
    let used = (0..<Self.borders.count - 1).filter { row in cells.contains { $0[row] > 0 } }
    guard let first = used.first, let last = used.last else { return ([1, 2], cells.map { _ in [0] }) }
    return (Array(Self.borders[first...(last + 1)]), cells.map { Array($0[first...last]) })
  }

  private static func row(of value: Int64) -> Int {
    var (low, high) = (0, nanoseconds.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if nanoseconds[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }

  private static func power(_ exponent: Int) -> Double {
    (0..<abs(exponent)).reduce(1.0) { value, _ in exponent < 0 ? value / 10 : value * 10 }
  }
}

/// The lengths that a stretch of a run may have, so that its borders are times that clocks show.
enum RunStep {
  private static let all = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 21_600, 43_200, 86_400]

  /// The shortest that is at least that long.
  static func seconds(atLeast least: Double) -> Int { all.first { Double($0) >= least } ?? 604_800 }
}
