import Synchronization

/// The cap on jobs in flight, exact over all loops: one atomic count, taken and given back once a job.
///
/// A cap that was split among the loops would drop jobs of one loop while another has room, and the number of dropped
/// jobs would depend on the number of threads.
package final class InFlightLimit: Sendable {
  private let most: Int
  private let taken = Atomic(0)
  private let highest = Atomic(0)
  /// One bit for each loop that has a job waiting for room.
  private let waiting = Atomic<UInt64>(0)

  package init(_ most: Int) {
    self.most = most
  }

  /// Jobs in flight now.
  package var current: Int { taken.load(ordering: .relaxed) }

  /// Most jobs in flight at once so far.
  package var maximum: Int { highest.load(ordering: .relaxed) }

  /// Takes a place; false where there is none.
  package func take() -> Bool {
    var count = taken.load(ordering: .sequentiallyConsistent)
    while count < most {
      let (isDone, found) = taken.weakCompareExchange(
        expected: count, desired: count + 1, ordering: .sequentiallyConsistent)
      if isDone {
        highest.max(count + 1, ordering: .relaxed)
        return true
      }
      count = found
    }
    return false
  }

  /// Asks for a word when there is room, and tries once more, since room may have come in between.
  package func takeOrWait(loop: Int) -> Bool {
    if take() { return true }
    waiting.bitwiseOr(1 << UInt64(loop), ordering: .sequentiallyConsistent)
    return take()
  }

  /// Gives a place back; returns the loops that wait for one, as bits, which then have had their word.
  package func giveBack() -> UInt64 {
    taken.subtract(1, ordering: .sequentiallyConsistent)
    guard waiting.load(ordering: .sequentiallyConsistent) != 0 else { return 0 }
    return waiting.exchange(0, ordering: .sequentiallyConsistent)
  }
}
