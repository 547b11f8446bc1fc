/// Numbers as scenarios write them: digits and a point, no exponent.
enum PlainDecimal {
  /// The shortest text of a number that is not negative, with its point moved to the right.
  ///
  /// The point moves in the text, so that what is read back is the same number and not its neighbour.
  static func text(_ value: Double, shiftedBy places: Int = 0) -> String {
    let parts = "\(value)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    var digits = Array(mantissa.joined())
    var point = mantissa[0].count + places + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    if point <= 0 {
      digits = Array(repeating: "0", count: 1 - point) + digits
      point = 1
    }
    digits += Array(repeating: "0", count: max(0, point - digits.count))
    let whole = String(digits[..<point].drop { $0 == "0" })
    let fraction = String(digits[point...].reversed().drop { $0 == "0" }.reversed())
    return (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
  }
}
