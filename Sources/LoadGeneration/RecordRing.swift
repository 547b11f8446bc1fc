package import RunRecords
import Synchronization

/// Records on their way from the one loop that ends jobs to the one thread that collects them, without a lock.
///
/// A ring of fixed size with one producer and one consumer (Lamport 1977): each side writes its own count only, so that
/// neither ever waits for the other.
package final class RecordRing: @unchecked Sendable {
  // Proof of sendability: the producer alone writes places between `head` and `tail + capacity`, the consumer alone
  // reads those between `tail` and `head`; releasing and acquiring the counts orders the two.
  private let places: UnsafeMutablePointer<JobRecord>
  private let capacity: Int
  private let head = Atomic(0)
  private let tail = Atomic(0)

  package init(capacity: Int) {
    precondition(capacity > 0 && capacity & (capacity - 1) == 0, "a ring's capacity must be a power of two")
    self.capacity = capacity
    places = .allocate(capacity: capacity)
  }

  deinit {
    for count in tail.load(ordering: .acquiring)..<head.load(ordering: .acquiring) {
      (places + (count & (capacity - 1))).deinitialize(count: 1)
    }
    places.deallocate()
  }

  /// Adds a record, which only the producer may; false where the ring is full.
  package func push(_ record: JobRecord) -> Bool {
    let count = head.load(ordering: .relaxed)
    guard count - tail.load(ordering: .acquiring) < capacity else { return false }
    (places + (count & (capacity - 1))).initialize(to: record)
    head.store(count + 1, ordering: .releasing)
    return true
  }

  /// Takes the records that are there, oldest first, which only the consumer may.
  package func drain(into records: inout [JobRecord]) {
    let first = tail.load(ordering: .relaxed)
    let end = head.load(ordering: .acquiring)
    for count in first..<end { records.append((places + (count & (capacity - 1))).move()) }
    tail.store(end, ordering: .releasing)
  }
}
