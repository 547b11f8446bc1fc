public import FoundationEssentials

/// What one invocation of a function uses, as Lambda bills it.
public struct InvocationUsage: Sendable, Hashable {
  /// Milliseconds billed: initialisation and run, rounded up together.
  public let billedMilliseconds: Int
  /// Mebibytes that the function is configured with, used or not.
  public let memoryMB: Int

  /// A usage; traps where it is negative.
  public init(billedMilliseconds: Int, memoryMB: Int) {
    precondition(
      billedMilliseconds >= 0 && memoryMB >= 0, "usage is not negative: \(billedMilliseconds) ms, \(memoryMB) MB")
    self.billedMilliseconds = billedMilliseconds
    self.memoryMB = memoryMB
  }

  /// A usage from measured times: `ceil(initialisation + duration)`; initialisation is 0 when warm.
  public init(durationMilliseconds: Double, initialisationMilliseconds: Double = 0, memoryMB: Int) {
    self.init(
      billedMilliseconds: Int((durationMilliseconds + initialisationMilliseconds).rounded(.up)), memoryMB: memoryMB)
  }

  /// GB-seconds: (MB / 1024) (ms / 1000).
  public var gigabyteSeconds: Decimal {
    Decimal(memoryMB) / 1_024 * Decimal(billedMilliseconds) / 1_000
  }

  /// US dollars: the GB-seconds and one request.
  public func cost(in book: PriceBook, on architecture: Architecture) -> Decimal {
    gigabyteSeconds * book.price(architecture == .x86 ? .lambdaSecondX86 : .lambdaSecondArm)
      + book.price(.lambdaRequest)
  }
}
