/// Gamma variates of mean 1, the same on every machine (Marsaglia and Tsang 2000).
struct GammaVariates {
  private var randomness: RandomStream

  init(_ randomness: RandomStream) {
    self.randomness = randomness
  }

  /// The next variate of this shape, above 0; its variance is 1 / shape.
  mutating func next(shape: Double) -> Double {
    // A shape below 1 is taken from the next one: gamma(a) = gamma(a + 1) U^(1/a).
    guard shape < 1 else { return large(shape) / shape }
    let power = naturalExponential(naturalLogarithm(randomness.unit()) / shape)
    return large(shape + 1) * power / shape
  }

  private mutating func large(_ shape: Double) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      if naturalLogarithm(randomness.unit()) < x * x / 2 + d - d * v + d * naturalLogarithm(v) { return d * v }
    }
  }

  /// A standard normal variate by the polar method (Marsaglia and Bray 1964); its twin is not kept.
  private mutating func normal() -> Double {
    while true {
      let (u, v) = (2 * randomness.unit() - 1, 2 * randomness.unit() - 1)
      let s = u * u + v * v
      if s > 0, s < 1 { return u * (-2 * naturalLogarithm(s) / s).squareRoot() }
    }
  }
}
