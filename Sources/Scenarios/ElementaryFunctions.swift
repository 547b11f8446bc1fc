// A mathematics library may round the last bit differently on another machine, and then the same seed would give
// other arrivals; IEEE 754 prescribes every bit of what is used here: additions, multiplications, divisions and roots.

/// ln(x) for x above 0, right to about 2e-16 relative.
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

/// e^x for x up to 0, right to about 1e-15 relative; 0 below -700.
///
/// x = k ln 2 + r with |r| <= ln 2 / 2, e^x = 2^k (1 + r + r^2/2! + ...).
package func naturalExponential(_ x: Double) -> Double {
  precondition(x <= 0, "the exponential is taken of numbers up to 0, got \(x)")
  guard x > -700 else { return 0 }
  let k = (x * 1.4426950408889634).rounded()
  let r = (x - k * 0x1.62e42fefa38p-1) - k * 0x1.ef35793c7673p-45
  var sum = 1.0
  for divisor in stride(from: 16.0, through: 1.0, by: -1.0) { sum = sum * r / divisor + 1 }
  return Double(sign: .plus, exponent: Int(k), significand: sum)
}

/// cos(2 pi x), right to about 2e-16 absolute; x counts turns, so that leaving out whole ones is exact.
///
/// The angle is folded to an eighth of a turn, where Taylor's series of sine and cosine take ten terms.
package func cosine(ofTurns x: Double) -> Double {
  // The cosine is even and repeats, and mirrored at half a turn: what is left is in [0, 1/2].
  let turn = (x - x.rounded()).magnitude
  if turn <= 0.125 { return foldedCosine(turn) }
  if turn >= 0.375 { return -foldedCosine(0.5 - turn) }
  return foldedSine(0.25 - turn)
}

private let fullTurn = 6.283185307179586

private func foldedCosine(_ turn: Double) -> Double {
  let square = (fullTurn * turn) * (fullTurn * turn)
  var sum = 1.0
  for n in stride(from: 18.0, through: 2.0, by: -2.0) { sum = 1 - sum * square / (n * (n - 1)) }
  return sum
}

private func foldedSine(_ turn: Double) -> Double {
  let angle = fullTurn * turn
  var sum = 1.0
  for n in stride(from: 19.0, through: 3.0, by: -2.0) { sum = 1 - sum * angle * angle / (n * (n - 1)) }
  return angle * sum
}
