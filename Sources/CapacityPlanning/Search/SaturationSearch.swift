/// Finds the highest rate that a platform holds, by asking what to measure next and being told how it went.
///
/// The rate is doubled until a step fails, the bracket halved on a logarithmic scale until its ends are close enough, and the
/// highest rate that passed is measured again until it has passed several times more. A repetition that fails takes the
/// bracket down below it. A value without a clock or a network, so that it can be tested against simulated platforms.
public struct SaturationSearch: Sendable {
  /// What bounds a search.
  public struct Settings: Sendable, Hashable {
    /// The first rate, in jobs a second.
    public var from: Double
    /// The highest rate that is ever sent, in jobs a second.
    public var to: Double
    /// How far the ends of the bracket may be apart, as a share of the lower one.
    public var precision: Double
    /// How often the winner has to pass once more.
    public var confirmations: Int

    /// Settings; refuses a range in which nothing can be searched.
    public init(
      from: Double, to: Double, precision: Double = 0.05, confirmations: Int = 3
    ) throws(PlanningRefusal) {
      guard from > 0, to > from, to.isFinite else {
        throw PlanningRefusal(
          "a search from \(from)/s to \(to)/s has no rates between",
          hint: "give a first rate above 0 and a higher last one")
      }
      guard precision > 0, precision < 1, confirmations >= 0 else {
        throw PlanningRefusal(
          "precision \(precision) and \(confirmations) confirmations cannot be searched with",
          hint: "a precision lies between 0 and 1, for example 5%, and confirmations are not negative")
      }
      (self.from, self.to, self.precision, self.confirmations) = (from, to, precision, confirmations)
    }
  }

  /// Why a rate is measured.
  public enum Purpose: String, Sendable, Hashable, Codable {
    /// Looking for a rate that fails.
    case climb
    /// Narrowing the bracket.
    case bisect
    /// Measuring the winner again.
    case confirm
  }

  /// A step that was made.
  public struct Step: Sendable, Hashable, Codable {
    /// Jobs a second.
    public var rate: Double
    /// Why it was made.
    public var purpose: Purpose
    /// Whether the platform held the rate.
    public var passed: Bool
  }

  /// What comes next.
  public enum Next: Sendable, Hashable {
    /// Measure this rate and tell `record`.
    case measure(rate: Double, Purpose)
    /// There is nothing left to measure.
    case finished
  }

  /// The settings.
  public let settings: Settings
  /// What was measured, in order.
  public private(set) var steps: [Step] = []
  /// The lowest rate that failed; nil while none has.
  public private(set) var firstFail: Double?
  /// Times that the winner has passed beyond the first.
  public private(set) var confirmed = 0

  /// Steps after which a platform that changes its mind is no longer asked.
  private static let mostSteps = 60

  /// A search that has not begun.
  public init(_ settings: Settings) { self.settings = settings }

  /// The highest rate that passed and lies below every one that failed; nil while there is none.
  public var lastPass: Double? {
    steps.filter { $0.passed && $0.rate < firstFail ?? .infinity }.map(\.rate).max()
  }

  /// Whether the bracket is narrow and its lower end has passed as often as was asked.
  public var isConfirmed: Bool {
    guard lastPass != nil else { return false }
    return confirmed >= settings.confirmations && (isNarrow || reachedEnd)
  }

  /// The highest rate that may be sent was held, so that the platform's limit is not known.
  public var reachedEnd: Bool { firstFail == nil && lastPass == settings.to }

  private var isNarrow: Bool {
    guard let lastPass, let firstFail else { return false }
    return firstFail <= lastPass * (1 + settings.precision) * (1 + 1e-12)
  }

  /// What to measure next.
  public var next: Next {
    guard steps.count < Self.mostSteps else { return .finished }
    guard let lastPass else { return firstFail == nil ? .measure(rate: settings.from, .climb) : .finished }
    guard let firstFail else {
      return lastPass < settings.to
        ? .measure(rate: min(lastPass * 2, settings.to), .climb) : confirmation(of: lastPass)
    }
    return isNarrow ? confirmation(of: lastPass) : .measure(rate: (lastPass * firstFail).squareRoot(), .bisect)
  }

  private func confirmation(of rate: Double) -> Next {
    confirmed < settings.confirmations ? .measure(rate: rate, .confirm) : .finished
  }

  /// Takes what came of `next`; does nothing once the search is over.
  public mutating func record(passed: Bool) {
    guard case .measure(let rate, let purpose) = next else { return }
    steps.append(Step(rate: rate, purpose: purpose, passed: passed))
    if purpose == .confirm {
      confirmed = passed ? confirmed + 1 : 0
    } else {
      confirmed = 0
    }
    if !passed { firstFail = min(firstFail ?? .infinity, rate) }
  }
}
