/// Gunther's (1993) universal scalability law: throughput X of N concurrent jobs.
///
///     X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1))
///
/// lambda is the throughput of one, sigma the share that contends (Amdahl), kappa the cost of keeping N consistent.
public struct ScalabilityLaw: Sendable, Hashable {
  /// Throughput of one, a second.
  public let lambda: Double
  /// Contention, at least 0.
  public let sigma: Double
  /// Coherence, at least 0.
  public let kappa: Double

  /// A law with known parameters.
  public init(lambda: Double, sigma: Double, kappa: Double) {
    self.lambda = lambda
    self.sigma = sigma
    self.kappa = kappa
  }

  /// Throughput at a concurrency.
  public func throughput(at concurrency: Double) -> Double {
    let n = concurrency
    return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1))
  }

  /// The concurrency of the highest throughput, sqrt((1 - sigma) / kappa); nil where throughput never falls.
  public var peakConcurrency: Double? {
    kappa > 0 && sigma < 1 ? ((1 - sigma) / kappa).squareRoot() : nil
  }

  /// The throughput that no concurrency exceeds without coherence cost, lambda / sigma; nil without contention.
  public var amdahlLimit: Double? { sigma > 0 ? lambda / sigma : nil }

  /// The least-squares fit with sigma and kappa at least 0; nil for fewer than six points or none that fits.
  ///
  /// N lambda / X = 1 + sigma (N - 1) + kappa N (N - 1) is linear in the parameters and gives the start; Levenberg and Marquardt's
  /// steps in X then make the squares least, with a bound's parameter taken out of the step while it pushes against the bound.
  public init?(fitting points: [(concurrency: Double, throughput: Double)]) {
    guard points.count >= 6, points.allSatisfy({ $0.concurrency >= 1 && $0.throughput > 0 }) else { return nil }
    let starts =
      [Self.linearised(points)].compactMap(\.self)
      + [0, 0.01, 0.1].map { sigma in
        [points.map { $0.throughput / $0.concurrency }.max() ?? 1, sigma, 1e-4]
      }
    let fits = starts.map { Self.refined($0, points) }
    guard let best = fits.min(by: { Self.squares($0, points) < Self.squares($1, points) }),
      best.allSatisfy(\.isFinite)
    else { return nil }
    self.init(lambda: best[0], sigma: best[1], kappa: best[2])
  }
}
