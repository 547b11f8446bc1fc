/// The exact distribution of Mann and Whitney's U under the null hypothesis, without ties.
///
/// The number of arrangements of m and n values with U = u follows the recursion of their paper (1947):
///
///     f(m, n, u) = f(m - 1, n, u - n) + f(m, n - 1, u)
struct RankSumDistribution {
  /// P(U <= u) for u = 0...mn.
  private let cumulative: [Double]

  /// The most values on a side for which the distribution is computed and not approximated.
  static let mostValues = 50

  init(_ m: Int, _ n: Int) {
    var counts = Array(repeating: Array(repeating: 0.0, count: m * n + 1), count: m + 1)
    for i in 0...m { counts[i][0] = 1 }
    for j in 1...max(1, n) {
      for i in 1...max(1, m) {
        let fewer = counts[i - 1]
        for u in stride(from: j, through: i * j, by: 1) { counts[i][u] += fewer[u - j] }
      }
    }
    let all = counts[m].reduce(0, +)
    var sum = 0.0
    cumulative = counts[m].map { count in
      sum += count
      return sum / all
    }
  }

  /// P(U <= u).
  func atMost(_ u: Int) -> Double { u < 0 ? 0 : cumulative[min(u, cumulative.count - 1)] }

  /// The smallest u with P(U <= u) >= `probability`.
  func quantile(_ probability: Double) -> Int {
    cumulative.firstIndex { $0 >= probability } ?? cumulative.count - 1
  }
}
