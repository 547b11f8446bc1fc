import Glibc

/// The normal distribution with mean 0 and standard deviation 1.
public enum StandardNormal {
  /// P(Z <= z).
  public static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// P(|Z| >= |z|).
  public static func twoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

  /// The z with P(Z <= z) = `probability`, to 15 digits; traps outside 0 < p < 1.
  ///
  /// Acklam's rational approximation (relative error 1.15e-9), refined by one step of Halley's method against `erfc`.
  public static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a normal quantile is of 0 < p < 1, got \(probability)")
    if probability > 0.5 { return -quantile(1 - probability) }
    let first = probability < 0.02425 ? tail(probability) : centre(probability)
    let error = cumulative(first) - probability
    let step = error * (2 * Double.pi).squareRoot() * exp(first * first / 2)
    return first - step / (1 + first * step / 2)
  }

  private static func tail(_ probability: Double) -> Double {
    let q = (-2 * log(probability)).squareRoot()
    let top = polynomial(
      q,
      [
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
        4.374664141464968e+00, 2.938163982698783e+00,
      ])
    return top
      / polynomial(
        q, [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1])
  }

  private static func centre(_ probability: Double) -> Double {
    let q = probability - 0.5
    let r = q * q
    let top = polynomial(
      r,
      [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
        -3.066479806614716e+01, 2.506628277459239e+00,
      ])
    let bottom = polynomial(
      r,
      [
        -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
        -1.328068155288572e+01, 1,
      ])
    return q * top / bottom
  }

  private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }
}
