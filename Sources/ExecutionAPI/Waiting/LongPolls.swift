package import HostSystem
package import Jobs

/// Clients that wait for jobs to end: answered by the news of the end, or at their deadline, by threads that are few.
///
/// A waiter is a line in a table. One thread sleeps until the earliest deadline; a small pool reads statuses, so that
/// neither a slow store nor a thousand ends at once hold up the thread that brings the news. It must be stopped.
package final class LongPolls: Sendable {
  /// What a waiter gets, called once, on a thread of the pool or on that of the caller of `wait` or `stop`.
  package typealias Answer = @Sendable (StatusReading) -> Void
  /// Looks at a job's status; called on several threads at once.
  package typealias Reader = @Sendable (JobID) -> StatusReading

  private struct State {
    var waiters = WaiterTable<Answer>()
    /// Takes the place of the store from the moment of `stop`.
    var farewell: Reader?
  }

  private let state = Lock(State())
  private let store: Reader
  private let pool: WorkerPool
  private let timer = Lock<NativeThread?>(nil)

  /// No waiters yet, and the threads that will serve them.
  package init(readers: Int = 2, reading store: @escaping Reader) throws(SystemCallError) {
    self.store = store
    pool = try WorkerPool(named: "status-reader", threads: readers)
    let timer = try NativeThread(named: "wait-deadlines") { [self] in watchDeadlines() }
    self.timer.withLock { $0 = timer }
  }

  /// Answers at once where the job has ended, and otherwise when it ends or the deadline comes.
  package func wait(for job: JobID, until deadline: MonotonicInstant, _ answer: @escaping Answer) {
    let (id, isEarliest) = state.withLock { state in
      let earliest = state.waiters.nextDeadline
      return (state.waiters.add(answer, for: job, until: deadline), earliest.map { deadline < $0 } ?? true)
    }
    if isEarliest { state.notifyAll() }
    let reading = read(job)
    if case .pending = reading { return }
    // It may have been answered meanwhile by the news of the end.
    state.withLock { $0.waiters.remove(id) }?(reading)
  }

  /// News: the job has ended.
  package func finished(_ job: JobID) {
    guard state.withLock({ $0.waiters.hasWaiters(for: job) }) else { return }
    pool.add { [self] in lookAgain(job) }
  }

  /// There was a gap in the news: every job that someone waits for is looked at.
  package func resynchronise() {
    for job in state.withLock({ $0.waiters.jobs }) { pool.add { [self] in lookAgain(job) } }
  }

  /// Answers all who wait, and all who come yet, with the farewell, and joins the threads.
  package func stop(_ farewell: @escaping Reader) {
    state.withLock { $0.farewell = farewell }
    state.notifyAll()
    timer.withLock { $0.take() }?.join()
    for job in state.withLock({ $0.waiters.jobs }) {
      for answer in state.withLock({ $0.waiters.removeAll(waitingFor: job) }) { answer(farewell(job)) }
    }
    pool.stop()
  }

  private func read(_ job: JobID) -> StatusReading {
    let farewell = state.withLock { $0.farewell }
    return farewell?(job) ?? store(job)
  }

  /// Whoever finds that a job has not ended, or cannot be read, leaves its waiters to their deadline or better news.
  private func lookAgain(_ job: JobID) {
    let reading = read(job)
    guard case .final = reading else { return }
    for answer in state.withLock({ $0.waiters.removeAll(waitingFor: job) }) { answer(reading) }
  }

  private func watchDeadlines() {
    while true {
      let planned = state.withLock { $0.waiters.nextDeadline }
      let isStopped = state.wait(until: planned) { state -> Bool? in
        if state.farewell != nil { return true }
        return state.waiters.nextDeadline == planned ? nil : false
      }
      if isStopped == true { return }
      for (job, answers) in state.withLock({ $0.waiters.removeExpired(at: .now) }) {
        pool.add { [self] in
          let reading = read(job)
          for answer in answers { answer(reading) }
        }
      }
    }
  }
}
