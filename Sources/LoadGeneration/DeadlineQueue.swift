/// The deadlines of jobs in the order in which they were sent, which is that of their deadlines: every job has the
/// same time.
///
/// Most jobs end long before, so that an entry whose job has ended leaves as soon as those before it have left: what is
/// kept is as long as the oldest job in flight is old, and a heap would keep all of a deadline's length.
package struct DeadlineQueue: Sendable {
  /// When a job is over whatever the platform says.
  package struct Entry: Sendable, Equatable {
    package var instant: Int64
    /// Place of the job in its table.
    package var slot: Int
    /// The job's index, since places are used again.
    package var index: Int

    package init(instant: Int64, slot: Int, index: Int) {
      self.instant = instant
      self.slot = slot
      self.index = index
    }
  }

  private var entries: [Entry] = []
  private var head = 0

  package init() {}

  /// Entries that are kept.
  package var count: Int { entries.count - head }

  /// The earliest deadline.
  package var first: Entry? { head < entries.count ? entries[head] : nil }

  /// Adds the deadline of a job that was sent after those before.
  package mutating func append(_ entry: Entry) {
    entries.append(entry)
  }

  /// Takes the earliest one out.
  package mutating func removeFirst() {
    head += 1
    // As many are moved as have left, so that each costs the same however long the queue is.
    guard head * 2 >= entries.count else { return }
    entries.removeFirst(head)
    head = 0
  }
}
