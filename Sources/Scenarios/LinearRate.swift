/// An arrival rate that changes in a straight line: r(t) = a + (b - a) t / T.
///
/// Its integral R(t) = a t + (b - a) t^2 / 2T is the number of jobs expected up to t. Arrivals are taken where R
/// reaches their number, by the closed-form inverse, so that a ramp has no steps and no error that adds up.
package struct LinearRate: Sendable, Hashable {
  /// a: jobs per second at the start.
  package let from: Double
  /// b: jobs per second at the end.
  package let to: Double
  /// T: length in seconds.
  package let seconds: Double

  package init(from: Double, to: Double, seconds: Double) {
    precondition(from >= 0 && to >= 0 && seconds > 0, "a linear rate needs rates from 0 and a length above 0")
    self.from = from
    self.to = to
    self.seconds = seconds
  }

  /// R(T): jobs expected in all.
  package var total: Double { (from + to) / 2 * seconds }

  /// r(t).
  package func rate(at time: Double) -> Double { from + (to - from) * time / seconds }

  /// R(t).
  package func expected(by time: Double) -> Double {
    from * time + (to - from) * time * time / (2 * seconds)
  }

  /// The time t in seconds at which R(t) = n: t = 2n / (a + sqrt(a^2 + 2 n (b - a) / T)).
  ///
  /// This form of the root loses no digits where b is close to a.
  package func time(ofExpected n: Double) -> Double {
    guard n > 0 else { return 0 }
    // A falling rate that ends at 0 makes the last root's argument 0 up to rounding.
    let discriminant = max(from * from + 2 * n * (to - from) / seconds, 0)
    return min(2 * n / (from + discriminant.squareRoot()), seconds)
  }
}
