public import FoundationEssentials

/// What one invocation of a function uses, as Lambda bills it.
public struct InvocationUsage: Sendable, Hashable {
  /// Milliseconds billed: initialisation and run, rounded up together.
  public let billedMilliseconds: Int
  /// Mebibytes that the function is configured with, used or not.
  public let memoryMB: Int
  /// Mebibytes of /tmp that it is configured with; the first 512 cost nothing.
  package let ephemeralMB: Int

  /// A usage; traps where it is negative.
  public init(billedMilliseconds: Int, memoryMB: Int) {
    self.init(billedMilliseconds: billedMilliseconds, memoryMB: memoryMB, ephemeralMB: 512)
  }

  package init(billedMilliseconds: Int, memoryMB: Int, ephemeralMB: Int) {
    precondition(
      billedMilliseconds >= 0 && memoryMB >= 0 && ephemeralMB >= 0,
      "usage is not negative: \(billedMilliseconds) ms, \(memoryMB) MB, \(ephemeralMB) MB")
    self.billedMilliseconds = billedMilliseconds
    self.memoryMB = memoryMB
    self.ephemeralMB = ephemeralMB
  }

  /// A usage from measured times: `ceil(initialisation + duration)`; initialisation is 0 when warm.
  public init(durationMilliseconds: Double, initialisationMilliseconds: Double = 0, memoryMB: Int) {
    self.init(
      billedMilliseconds: Int((durationMilliseconds + initialisationMilliseconds).rounded(.up)), memoryMB: memoryMB)
  }

  /// Milliseconds that are billed for these times, which decimals add without an error that would round up to one more.
  package static func billedMilliseconds(duration: Decimal, initialisation: Decimal) -> Int {
    let sum = duration + initialisation
    let whole = Int("\(sum)".prefix { $0 != "." }) ?? 0
    return Decimal(whole) < sum ? whole + 1 : whole
  }

  /// GB-seconds: (MB / 1024) (ms / 1000).
  public var gigabyteSeconds: Decimal { Decimal(memoryMB) / 1_024 * seconds }

  /// GB-seconds of /tmp beyond 512 MB: its size counts with the seconds alone, whatever the memory is.
  package var ephemeralSeconds: Decimal { Decimal(max(0, ephemeralMB - 512)) / 1_024 * seconds }

  private var seconds: Decimal { Decimal(billedMilliseconds) / 1_000 }

  /// US dollars: the GB-seconds and one request.
  public func cost(in book: PriceBook, on architecture: Architecture) -> Decimal {
    gigabyteSeconds * book.price(.compute(architecture)) + ephemeralSeconds * book.price(.ephemeralSecond)
      + book.price(.lambdaRequest)
  }
}
