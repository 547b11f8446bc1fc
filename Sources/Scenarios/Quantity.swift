/// What is wrong with a quantity, and how it is written.
package struct QuantityProblem: Error, Equatable {
  /// What is wrong.
  package var what: String
  /// What to do.
  package var hint: String
}

/// Quantities as scenarios write them: a number and its unit in one word.
package enum Quantity {
  /// `250ms`, `90s`, `2m`, `1h30m`.
  package static func duration(_ text: String) throws(QuantityProblem) -> Duration {
    var rest = Substring(text)
    var total = Duration.zero
    repeat {
      let number = takeNumber(&rest)
      let unit = rest.prefix { $0.isLetter || $0 == "µ" }
      guard let value = plainNumber(number), let nanoseconds = nanosecondsPerUnit[String(unit)] else {
        throw malformed(text, "a duration", unitIsMissing: !number.isEmpty && rest.isEmpty, "90s, 250ms or 2m")
      }
      // Before the conversion, which a number of any length would not survive.
      guard value * nanoseconds <= longest, total <= .nanoseconds(Int64(longest)) else { throw tooLong(text) }
      total += .nanoseconds(Int64((value * nanoseconds).rounded()))
      rest = rest.dropFirst(unit.count)
    } while !rest.isEmpty
    guard total <= .nanoseconds(Int64(longest)) else { throw tooLong(text) }
    return total
  }

  /// `20/s`, `300/m`, `1000/h`: events per second.
  package static func rate(_ text: String) throws(QuantityProblem) -> Double {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let seconds: [Substring: Double] = ["s": 1, "m": 60, "min": 60, "h": 3_600]
    guard parts.count == 2, let value = plainNumber(parts[0]), let per = seconds[parts[1]] else {
      throw malformed(text, "a rate", unitIsMissing: parts.count == 1 && plainNumber(text[...]) != nil, "20/s or 300/m")
    }
    return value / per
  }

  /// `5%` as 0.05.
  package static func share(_ text: String) throws(QuantityProblem) -> Double {
    // The decimal point is moved in the text, so that 99.9% is the number nearest to 0.999.
    guard text.last == "%", plainNumber(text.dropLast()) != nil, let value = Double(text.dropLast() + "e-2"),
      value <= 1
    else {
      throw malformed(text, "a share", unitIsMissing: plainNumber(text[...]) != nil, "5% or 99.9%")
    }
    return value
  }

  /// `$0.0001` in dollars.
  package static func dollars(_ text: String) throws(QuantityProblem) -> Double {
    guard text.first == "$", let value = plainNumber(text.dropFirst()) else {
      throw malformed(text, "an amount of money", unitIsMissing: plainNumber(text[...]) != nil, "$5 or $0.0001")
    }
    return value
  }

  /// `256MiB`, `64KiB`, `1GB`, `100B` in bytes.
  package static func bytes(_ text: String) throws(QuantityProblem) -> Int {
    var rest = Substring(text)
    let number = takeNumber(&rest)
    guard let value = plainNumber(number), let factor = bytesPerUnit[String(rest)], value * factor < 1e15 else {
      throw malformed(text, "a size", unitIsMissing: !number.isEmpty && rest.isEmpty, "256MiB or 64KiB")
    }
    return Int((value * factor).rounded())
  }

  /// A bare whole number that is not negative.
  package static func count(_ text: String) throws(QuantityProblem) -> Int {
    guard let value = Int(text), value >= 0 else {
      throw QuantityProblem(what: "'\(text)' is not a whole number", hint: "counts are bare numbers, for example 100")
    }
    return value
  }

  /// Digits with at most one decimal point, no sign and no exponent.
  package static func plainNumber(_ text: Substring) -> Double? {
    guard !text.isEmpty, text.count <= 24, text.allSatisfy({ $0 == "." || ("0"..."9").contains($0) }) else {
      return nil
    }
    return Double(text)
  }

  /// A leap year in nanoseconds.
  private static let longest = 366 * 86_400e9

  private static func tooLong(_ text: String) -> QuantityProblem {
    QuantityProblem(what: "'\(text)' is longer than a year", hint: "write a duration such as 90s or 2m")
  }

  private static let nanosecondsPerUnit: [String: Double] = [
    "ns": 1, "us": 1e3, "µs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "min": 60e9, "h": 3_600e9,
  ]

  private static let bytesPerUnit: [String: Double] = [
    "B": 1, "KiB": 1_024, "MiB": 1_048_576, "GiB": 1_073_741_824, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9,
  ]

  private static func takeNumber(_ rest: inout Substring) -> Substring {
    let number = rest.prefix { $0 == "." || ("0"..."9").contains($0) }
    rest = rest.dropFirst(number.count)
    return number
  }

  private static func malformed(
    _ text: String, _ kind: String, unitIsMissing: Bool, _ examples: String
  ) -> QuantityProblem {
    QuantityProblem(
      what: unitIsMissing ? "'\(text)' has no unit" : "'\(text)' is not \(kind)", hint: "write \(kind) as \(examples)")
  }
}

extension Duration {
  /// The time in seconds, for ratios and rates; instants stay integers.
  package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }

  /// The time in whole nanoseconds.
  package var inNanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
