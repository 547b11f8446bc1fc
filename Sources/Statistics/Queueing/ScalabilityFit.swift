/// A scalability law with how well it holds: residuals, standard errors, and intervals by resampling.
///
/// The intervals take 1,000 samples of the residuals, put on the fitted values and fitted again (bootstrap of residuals, Efron
/// 1979): the load levels were chosen and are not random. The residuals are widened by sqrt(n / (n - 3)) for the three
/// parameters that were fitted to them. The seed is fixed, so that equal points give equal intervals.
public struct ScalabilityFit: Sendable {
  /// A measured load level.
  public typealias Point = (concurrency: Double, throughput: Double)

  /// The law of the smallest squares.
  public let law: ScalabilityLaw
  /// The points, as given.
  public let points: [Point]
  /// 95 % interval of lambda.
  public let lambda: ClosedRange<Double>
  /// 95 % interval of sigma.
  public let sigma: ClosedRange<Double>
  /// 95 % interval of kappa.
  public let kappa: ClosedRange<Double>
  /// Lambda, sigma and kappa's standard errors from the curvature at the least squares; nil where that is singular.
  public let standardErrors: [Double]?

  /// The fit; nil where the points allow none (see `ScalabilityLaw.init(fitting:)`).
  public init?(_ points: [Point], resamples: Int = 1_000) {
    guard let law = ScalabilityLaw(fitting: points) else { return nil }
    self.law = law
    self.points = points
    let fits = Self.resampled(law, points, times: resamples)
    func interval(_ index: Int) -> ClosedRange<Double> {
      let sorted = fits.map { $0[index] }.sorted()
      return sorted[
        Int(Double(sorted.count - 1) * 0.025)]...sorted[Int((Double(sorted.count - 1) * 0.975).rounded(.up))]
    }
    (lambda, sigma, kappa) = (interval(0), interval(1), interval(2))
    standardErrors = Self.standardErrors(law, points)
  }

  /// Measured less fitted throughput, in the order of the points.
  public var residuals: [Double] { points.map { $0.throughput - law.throughput(at: $0.concurrency) } }

  private var squares: Double { residuals.reduce(0) { $0 + $1 * $1 } }

  /// The typical residual: sqrt(sum of squares / (n - 3)).
  public var residualStandardError: Double { (squares / Double(points.count - 3)).squareRoot() }

  /// The share of the throughput's variation that the law explains.
  public var determination: Double {
    let mean = points.reduce(0) { $0 + $1.throughput } / Double(points.count)
    let total = points.reduce(0) { $0 + ($1.throughput - mean) * ($1.throughput - mean) }
    return total > 0 ? 1 - squares / total : 1
  }

  /// Whether the data support that throughput falls beyond some concurrency.
  ///
  /// They do not where kappa's interval touches 0, or where its part of the denominator is below a millionth at the largest load.
  public var supportsPeak: Bool {
    let most = points.map(\.concurrency).max() ?? 1
    return kappa.lowerBound * most * most > 1e-6 && law.peakConcurrency != nil
  }

  private static func resampled(_ law: ScalabilityLaw, _ points: [Point], times: Int) -> [[Double]] {
    let fitted = points.map { law.throughput(at: $0.concurrency) }
    let scale = (Double(points.count) / Double(points.count - 3)).squareRoot()
    let residuals = zip(points, fitted).map { ($0.throughput - $1) * scale }
    let start = [law.lambda, law.sigma, law.kappa]
    var random = SplitMix64(seed: 20_260_928)
    return (0..<times).map { _ in
      let sample = zip(points, fitted).map { point, value -> Point in
        (point.concurrency, max(value * 1e-3, value + residuals[random.index(below: residuals.count)]))
      }
      let starts = [start, [law.lambda, max(law.sigma, 1e-3), max(law.kappa, 1e-6)]]
      let fits = starts.map { ScalabilityLaw.refined($0, sample) }
      let best = fits.min { ScalabilityLaw.squares($0, sample) < ScalabilityLaw.squares($1, sample) }
      return best ?? start
    }
  }

  /// sqrt of the diagonal of s^2 (J'J)^-1, as R's `nls` has it.
  private static func standardErrors(_ law: ScalabilityLaw, _ points: [Point]) -> [Double]? {
    var normal = Array(repeating: Array(repeating: 0.0, count: 3), count: 3)
    var squares = 0.0
    for point in points {
      let slopes = ScalabilityLaw.slopes([law.lambda, law.sigma, law.kappa], at: point.concurrency)
      for i in 0..<3 { for j in 0..<3 { normal[i][j] += slopes[i] * slopes[j] } }
      let miss = point.throughput - law.throughput(at: point.concurrency)
      squares += miss * miss
    }
    let variance = squares / Double(points.count - 3)
    var errors: [Double] = []
    for i in 0..<3 {
      let unit = (0..<3).map { $0 == i ? 1.0 : 0 }
      guard let column = LinearSystem.solve(normal, unit), column[i] >= 0 else { return nil }
      errors.append((variance * column[i]).squareRoot())
    }
    return errors
  }
}
