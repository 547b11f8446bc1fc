extension ScalabilityLaw {
  /// The highest throughput, at `peakConcurrency`; nil where throughput never falls.
  public var peakThroughput: Double? { peakConcurrency.map { throughput(at: max(1, $0)) } }

  /// Mean seconds that a job stays where so many are in the system: N / X(N), by Little's law.
  public func response(at concurrency: Double) -> Double { concurrency / throughput(at: concurrency) }

  /// Throughput at a concurrency over that of as many systems of one, from 0 to 1.
  public func efficiency(at concurrency: Double) -> Double { throughput(at: concurrency) / (lambda * concurrency) }

  /// The lower concurrency that gives a throughput; nil where none does.
  ///
  /// X(N) = x is quadratic in N; of its two roots the lower lies before the peak.
  ///
  ///     kappa x N^2 + (sigma x - kappa x - lambda) N + x (1 - sigma) = 0
  public func concurrency(at throughput: Double) -> Double? {
    guard throughput > 0 else { return nil }
    let (a, c) = (kappa * throughput, throughput * (1 - sigma))
    let b = (sigma - kappa) * throughput - lambda
    let discriminant = b * b - 4 * a * c
    guard b < 0, discriminant >= 0 else { return nil }
    // The form that does not subtract near equals, and that holds for kappa = 0 too.
    return 2 * c / (-b + discriminant.squareRoot())
  }

  /// Mean seconds that a job stays at a throughput; nil where no concurrency gives it.
  public func response(atThroughput throughput: Double) -> Double? {
    concurrency(at: throughput).map { $0 / throughput }
  }

  /// The concurrency at which a job stays so many seconds on average; nil for less time than one job alone takes.
  ///
  ///     N(R) = (kappa - sigma + sqrt(sigma^2 + kappa^2 + 2 kappa (2 lambda R + sigma - 2))) / (2 kappa)
  public func concurrency(atResponse seconds: Double) -> Double? {
    let work = lambda * seconds
    guard work >= 1 else { return nil }
    guard kappa > 0 else { return sigma > 0 ? 1 + (work - 1) / sigma : nil }
    let root = (sigma * sigma + kappa * kappa + 2 * kappa * (2 * work + sigma - 2)).squareRoot()
    return (kappa - sigma + root) / (2 * kappa)
  }

  /// Throughput at which a job stays so many seconds on average; nil for less time than one job alone takes.
  public func throughput(atResponse seconds: Double) -> Double? {
    concurrency(atResponse: seconds).map { throughput(at: $0) }
  }
}
