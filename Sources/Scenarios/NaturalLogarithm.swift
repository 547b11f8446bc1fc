/// ln(x) for x above 0, from additions, multiplications and divisions alone.
///
/// A mathematics library may round the last bit differently on another machine, and then the same seed would give
/// other arrivals; IEEE 754 prescribes every bit of what is used here. Right to about 2e-16 relative.
///
/// x = m 2^e with m in [sqrt(1/2), sqrt(2)), s = (m - 1) / (m + 1), ln m = 2 (s + s^3/3 + s^5/5 + ...), |s| < 0.172.
package func naturalLogarithm(_ x: Double) -> Double {
  precondition(x > 0 && x.isFinite, "the logarithm is taken of numbers above 0, got \(x)")
  var exponent = Double(x.exponent)
  var mantissa = x.significand
  if mantissa > 1.4142135623730951 {
    mantissa /= 2
    exponent += 1
  }
  let s = (mantissa - 1) / (mantissa + 1)
  let square = s * s
  var sum = 0.0
  for divisor in stride(from: 23.0, through: 1.0, by: -2.0) { sum = sum * square + 1 / divisor }
  // ln 2 in two parts, the first with trailing zeros, so that its product with a small integer is exact.
  return exponent * 0x1.62e42fefa38p-1 + (2 * s * sum + exponent * 0x1.ef35793c7673p-45)
}
