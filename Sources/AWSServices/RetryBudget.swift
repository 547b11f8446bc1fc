/// What a client may spend on repetitions, so that a service that refuses everything is not asked several times as often.
///
/// The figures are those of AWS's own clients ("standard" retry mode): a repetition costs 5 of 500; one that succeeds
/// brings them back, and a call that needs none brings 1.
package struct RetryBudget: Sendable, Hashable {
  /// The most that is ever there.
  package static let most = 500
  private static let price = 5

  /// What is left.
  package private(set) var left = most

  /// A full budget.
  package init() {}

  /// Pays for a repetition; false where that much is not there.
  package mutating func take() -> Bool {
    guard left >= Self.price else { return false }
    left -= Self.price
    return true
  }

  /// A call has succeeded.
  package mutating func succeeded(afterFailures failures: Int) {
    left = min(Self.most, left + (failures == 0 ? 1 : Self.price))
  }
}
