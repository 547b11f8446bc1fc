package import HostSystem
package import Jobs

/// Who waits for the end of which job, and until when; a value without clock, thread or socket.
///
/// A waiter enters before the status of its job is first read. Whoever learns afterwards that the job has ended finds
/// it here, so no end falls between the reading and the waiting.
package struct WaiterTable<Ticket> {
  /// A waiter's name in the table.
  package typealias ID = UInt64

  private struct Waiter {
    let job: JobID
    let ticket: Ticket
  }

  private var waiters: [ID: Waiter] = [:]
  private var waitersByJob: [JobID: Set<ID>] = [:]
  /// May hold deadlines of waiters that have left.
  private var deadlines = DeadlineHeap()
  private var lastID: ID = 0

  /// A table without waiters.
  package init() {}

  /// Waiters at present.
  package var count: Int { waiters.count }

  /// Every job that someone waits for.
  package var jobs: [JobID] { Array(waitersByJob.keys) }

  /// The earliest deadline of a waiter.
  package var nextDeadline: MonotonicInstant? {
    mutating get {
      while let first = deadlines.first, waiters[first.waiter] == nil { deadlines.removeFirst() }
      return deadlines.first?.deadline
    }
  }

  /// Whether anyone waits for a job.
  package func hasWaiters(for job: JobID) -> Bool { waitersByJob[job] != nil }

  /// A waiter enters.
  package mutating func add(_ ticket: Ticket, for job: JobID, until deadline: MonotonicInstant) -> ID {
    lastID += 1
    waiters[lastID] = Waiter(job: job, ticket: ticket)
    waitersByJob[job, default: []].insert(lastID)
    deadlines.insert(.init(deadline: deadline, waiter: lastID))
    return lastID
  }

  /// A waiter leaves; nil where it has left before.
  package mutating func remove(_ id: ID) -> Ticket? {
    guard let waiter = waiters.removeValue(forKey: id) else { return nil }
    waitersByJob[waiter.job]?.remove(id)
    if waitersByJob[waiter.job] == [] { waitersByJob[waiter.job] = nil }
    forgetStaleDeadlines()
    return waiter.ticket
  }

  /// All who wait for a job leave.
  package mutating func removeAll(waitingFor job: JobID) -> [Ticket] {
    let tickets = (waitersByJob.removeValue(forKey: job) ?? []).compactMap { waiters.removeValue(forKey: $0)?.ticket }
    forgetStaleDeadlines()
    return tickets
  }

  /// All whose deadline has come leave, grouped by job, so that each job is read once.
  package mutating func removeExpired(at now: MonotonicInstant) -> [JobID: [Ticket]] {
    var expired: [JobID: [Ticket]] = [:]
    while let first = deadlines.first, first.deadline <= now {
      deadlines.removeFirst()
      guard let job = waiters[first.waiter]?.job, let ticket = remove(first.waiter) else { continue }
      expired[job, default: []].append(ticket)
    }
    return expired
  }

  /// Everybody leaves.
  package mutating func removeAll() -> [Ticket] {
    defer { self = Self() }
    return waiters.values.map(\.ticket)
  }

  /// Waiters that are answered early leave their deadlines behind; at most as many as there are waiters may stay.
  private mutating func forgetStaleDeadlines() {
    guard deadlines.entries.count > 2 * waiters.count + 64 else { return }
    deadlines.keep { waiters[$0.waiter] != nil }
  }
}
