public import FoundationEssentials

/// What the executions of a run would have cost on Lambda, at the margin: compute and request, nothing that stands idle.
///
/// Failed, timed-out and repeated executions are billed like any other, so they are in the whole and told apart.
public struct RunCost: Sendable, Hashable {
  /// Executions whose billed time and memory are known.
  public private(set) var executions = 0
  /// Executions among them that gave what was wanted.
  public private(set) var successes = 0
  /// Executions of which the platform did not tell what would be billed; not in any sum.
  public private(set) var unpriced = 0
  /// US dollars for all executions.
  public private(set) var total = Decimal(0)
  /// US dollars among them for executions that did not give what was wanted.
  public private(set) var failures = Decimal(0)
  /// GB-seconds of all executions.
  public private(set) var gigabyteSeconds = Decimal(0)
  /// The architecture whose price was taken.
  public let architecture: Architecture
  private let book: PriceBook

  /// No executions yet.
  public init(book: PriceBook = .usEast1, architecture: Architecture = .x86) {
    self.book = book
    self.architecture = architecture
  }

  /// Adds an execution; nil usage is one that cannot be priced.
  public mutating func add(_ usage: InvocationUsage?, succeeded: Bool) {
    guard let usage else {
      unpriced += 1
      return
    }
    let cost = usage.cost(in: book, on: architecture)
    executions += 1
    total += cost
    gigabyteSeconds += usage.gigabyteSeconds
    if succeeded { successes += 1 } else { failures += cost }
  }

  /// US dollars for an execution, whatever came of it; nil where none is priced.
  public var perExecution: Decimal? { executions == 0 ? nil : total / Decimal(executions) }
  /// US dollars for an execution that succeeded, those that did not paid for too; nil where none succeeded.
  public var perSuccess: Decimal? { successes == 0 ? nil : total / Decimal(successes) }
}
