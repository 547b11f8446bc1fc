extension ScalabilityLaw {
  typealias Points = [(concurrency: Double, throughput: Double)]

  /// lambda, sigma and kappa of the linear form N/X = (1 + sigma (N - 1) + kappa N (N - 1)) / lambda; nil where it is singular.
  static func linearised(_ points: Points) -> [Double]? {
    var matrix = Array(repeating: Array(repeating: 0.0, count: 3), count: 3)
    var right = [0.0, 0, 0]
    for point in points {
      let n = point.concurrency
      let row = [1, n - 1, n * (n - 1)]
      for i in 0..<3 {
        for j in 0..<3 { matrix[i][j] += row[i] * row[j] }
        right[i] += row[i] * n / point.throughput
      }
    }
    guard let solved = LinearSystem.solve(matrix, right), solved[0] > 0 else { return nil }
    return [1 / solved[0], max(0, solved[1] / solved[0]), max(0, solved[2] / solved[0])]
  }

  static func squares(_ parameters: [Double], _ points: Points) -> Double {
    let law = ScalabilityLaw(lambda: parameters[0], sigma: parameters[1], kappa: parameters[2])
    let sum = points.reduce(0.0) { sum, point in
      let miss = point.throughput - law.throughput(at: point.concurrency)
      return sum + miss * miss
    }
    return sum.isFinite ? sum : .infinity
  }

  static func refined(_ start: [Double], _ points: Points) -> [Double] {
    var parameters = start
    var least = squares(parameters, points)
    var damping = 1e-3
    for _ in 0..<500 {
      guard let step = step(parameters, points, damping) else { break }
      let next = zip(parameters, step).map { max(0, $0 + $1) }
      let reached = squares(next, points)
      if reached < least {
        let gain = (least - reached) / least
        (parameters, least, damping) = (next, reached, damping / 10)
        if gain < 1e-15 { break }
      } else {
        damping *= 10
        if damping > 1e12 { break }
      }
    }
    return parameters
  }

  /// How throughput changes with lambda, sigma and kappa.
  static func slopes(_ parameters: [Double], at n: Double) -> [Double] {
    let bottom = 1 + parameters[1] * (n - 1) + parameters[2] * n * (n - 1)
    let value = parameters[0] * n / bottom
    return [n / bottom, -value * (n - 1) / bottom, -value * n * (n - 1) / bottom]
  }

  /// One damped Gauss-Newton step, parameters at a bound that would leave it held where they are.
  private static func step(_ parameters: [Double], _ points: Points, _ damping: Double) -> [Double]? {
    var normal = Array(repeating: Array(repeating: 0.0, count: 3), count: 3)
    var gradient = [0.0, 0, 0]
    for point in points {
      let slopes = slopes(parameters, at: point.concurrency)
      let value = parameters[0] * slopes[0]
      for i in 0..<3 {
        for j in 0..<3 { normal[i][j] += slopes[i] * slopes[j] }
        gradient[i] += slopes[i] * (point.throughput - value)
      }
    }
    for i in 0..<3 {
      if parameters[i] == 0, gradient[i] < 0 {
        for j in 0..<3 { (normal[i][j], normal[j][i]) = (0, 0) }
        (normal[i][i], gradient[i]) = (1, 0)
      }
      normal[i][i] *= 1 + damping
    }
    return LinearSystem.solve(normal, gradient)
  }
}

/// Small systems of linear equations.
enum LinearSystem {
  /// The solution by elimination with the largest pivot; nil where there is none.
  static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
    var rows = zip(matrix, right).map { $0 + [$1] }
    let n = rows.count
    for column in 0..<n {
      guard let pivot = (column..<n).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
        abs(rows[pivot][column]) > 0, rows[pivot][column].isFinite
      else { return nil }
      rows.swapAt(column, pivot)
      for row in 0..<n where row != column {
        let factor = rows[row][column] / rows[column][column]
        for place in column...n { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return (0..<n).map { rows[$0][n] / rows[$0][$0] }
  }
}
