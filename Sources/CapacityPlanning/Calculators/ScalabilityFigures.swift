public import Statistics

/// What the universal scalability law says of measured load levels.
public struct ScalabilityFigures: Sendable, Encodable {
  /// A measured level against the law.
  public struct Level: Sendable, Encodable {
    /// Jobs in the system.
    public var concurrency: Double
    /// Jobs a second, measured.
    public var throughput: Double
    /// Jobs a second by the law.
    public var fitted: Double
    /// Measured less fitted.
    public var residual: Double
    /// Measured throughput over that of as many systems of one.
    public var efficiency: Double
  }

  /// The fit that the figures come from.
  public let fit: ScalabilityFit
  /// Measured levels, in the order given.
  public let levels: [Level]

  /// Fits the law.
  public init(_ levels: LoadLevels) throws(PlanningRefusal) {
    guard let fit = ScalabilityFit(levels.points) else {
      throw PlanningRefusal(
        "no scalability law fits these points", hint: "throughput must be above 0 at every concurrency of at least 1")
    }
    self.fit = fit
    self.levels = fit.points.map { point in
      let fitted = fit.law.throughput(at: point.concurrency)
      return Level(
        concurrency: point.concurrency, throughput: point.throughput, fitted: fitted,
        residual: point.throughput - fitted, efficiency: point.throughput / (fit.law.lambda * point.concurrency))
    }
  }

  /// The concurrency of the highest throughput; nil where the data do not support a peak.
  public var peakConcurrency: Double? { fit.supportsPeak ? fit.law.peakConcurrency : nil }
  /// The highest throughput; nil where the data do not support a peak.
  public var peakThroughput: Double? { fit.supportsPeak ? fit.law.peakThroughput : nil }
  /// Why there is no peak; nil where there is one.
  public var noPeakReason: String? {
    fit.supportsPeak
      ? nil : "the interval of kappa touches 0: these points do not show that throughput falls at any concurrency"
  }
  /// The peak lies beyond every measured level, so that it is the law's word alone.
  public var peakIsExtrapolated: Bool {
    guard let peak = peakConcurrency, let most = levels.map(\.concurrency).max() else { return false }
    return peak > most
  }

  enum CodingKeys: CodingKey {
    case sigma, kappa, lambda, intervals, standardErrors, nMax, xMax, noPeakReason, peakIsExtrapolated, amdahlLimit
    case residuals, residualStandardError, rSquared, levels
  }

  /// One interval or error for each parameter.
  private struct Parameters<Value: Encodable>: Encodable {
    var sigma: Value
    var kappa: Value
    var lambda: Value
  }

  /// Keys by the parameters' names; a peak that is not supported is null.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(fit.law.sigma, forKey: .sigma)
    try keys.encode(fit.law.kappa, forKey: .kappa)
    try keys.encode(fit.law.lambda, forKey: .lambda)
    try keys.encode(
      Parameters(sigma: Interval(fit.sigma), kappa: Interval(fit.kappa), lambda: Interval(fit.lambda)),
      forKey: .intervals)
    let errors = fit.standardErrors.map { Parameters(sigma: $0[1], kappa: $0[2], lambda: $0[0]) }
    try keys.encodeIfPresent(errors, forKey: .standardErrors)
    try keys.encode(peakConcurrency, forKey: .nMax)
    try keys.encode(peakThroughput, forKey: .xMax)
    try keys.encodeIfPresent(noPeakReason, forKey: .noPeakReason)
    try keys.encode(peakIsExtrapolated, forKey: .peakIsExtrapolated)
    try keys.encode(fit.law.amdahlLimit, forKey: .amdahlLimit)
    try keys.encode(fit.residuals, forKey: .residuals)
    try keys.encode(fit.residualStandardError, forKey: .residualStandardError)
    try keys.encode(fit.determination, forKey: .rSquared)
    try keys.encode(levels, forKey: .levels)
  }
}
