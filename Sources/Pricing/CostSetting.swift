package import FoundationEssentials

/// One thing about a profile that a user may set, as `key=value`.
package struct CostSetting: Sendable {
  /// What numbers a setting takes.
  package enum Kind: Sendable, Hashable {
    /// Anything from 0.
    case amount
    /// Anything from 1.
    case atLeastOne
    /// From 0 to 1.
    case share
    /// Whole numbers from 0.
    case count
    /// Whole numbers of megabytes in Lambda's range.
    case megabytes(ClosedRange<Int>)
  }

  /// How a setting is kept.
  package enum Form: Sendable {
    case number(any WritableKeyPath<CostProfile, Decimal> & Sendable, Kind)
    case choice([String], @Sendable (inout CostProfile, String) -> Void)
  }

  /// Its name, for example `executor-mb`.
  package let key: String
  /// What it means, with its unit.
  package let meaning: String
  package let form: Form

  /// Applies `key=value`; throws what is wrong with it.
  package static func apply(_ text: String, to profile: inout CostProfile) throws(PricingError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw PricingError("--set '\(text)' is not key=value", hint: "for example --set polls=10")
    }
    guard let setting = all.first(where: { $0.key == parts[0] }) else {
      throw .unknown("setting", parts[0], among: all.map(\.key), hint: "--help lists them, as")
    }
    try setting.apply(parts[1], to: &profile)
  }

  private func apply(_ value: String, to profile: inout CostProfile) throws(PricingError) {
    switch form {
    case .number(let path, let kind):
      guard let number = DecimalText.number(value) else {
        throw PricingError("\(key) must be a number, got '\(value)'", hint: meaning)
      }
      guard kind.holds(number) else {
        throw PricingError("\(key) must be \(kind.range), got \(value)", hint: meaning)
      }
      profile[keyPath: path] = number
    case .choice(let names, let set):
      guard names.contains(value) else { throw .unknown(key, value, among: names, hint: "there are") }
      set(&profile, value)
    }
  }
}

extension CostSetting.Kind {
  func holds(_ number: Decimal) -> Bool {
    switch self {
    case .amount: number >= 0
    case .atLeastOne: number >= 1
    case .share: number >= 0 && number <= 1
    case .count: number >= 0 && number == number.roundedUp
    case .megabytes(let range):
      number == number.roundedUp && number >= Decimal(range.lowerBound) && number <= Decimal(range.upperBound)
    }
  }

  var range: String {
    switch self {
    case .amount: "0 or more"
    case .atLeastOne: "1 or more"
    case .share: "from 0 to 1"
    case .count: "a whole number, 0 or more"
    case .megabytes(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
  }
}

/// Decimal numbers as people type them.
package enum DecimalText {
  /// A number in digits with at most one point and a sign before it, without losing a digit; nil for anything else.
  package static func number(_ text: String) -> Decimal? {
    let body = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, !body.isEmpty, body.count <= 30, parts.allSatisfy({ !$0.isEmpty }),
      body.allSatisfy({ $0 == "." || ($0.isASCII && $0.isNumber) })
    else { return nil }
    return Decimal(string: text)
  }
}
