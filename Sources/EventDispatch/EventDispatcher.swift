package import AWSServices
import AWSBackends
import HostSystem
package import JobBackends
import JobDispatch
import Jobs
package import Logging

/// Dispatches the messages of an event, all at once, and says which must come again.
package struct EventDispatcher: Sendable {
  private let queue: any JobQueue
  private let statuses: any JobStatusStore
  private let codes: any CodeStore
  private let function: LambdaFunction
  private let isolatesTenants: Bool
  private let maximumReceives: Int
  private let logger: Logger

  /// Milliseconds kept from the deadline for storing results and answering.
  private static let reserve: Int64 = 1_000

  /// A dispatcher between these parts; `maximumReceives` is the queue's `maxReceiveCount`.
  package init(
    queue: any JobQueue, statuses: any JobStatusStore, codes: any CodeStore, function: LambdaFunction,
    isolatesTenants: Bool, maximumReceives: Int, logger: Logger
  ) {
    self.queue = EventQueue(queue: queue)
    self.statuses = statuses
    self.codes = codes
    self.function = function
    self.isolatesTenants = isolatesTenants
    self.maximumReceives = maximumReceives
    self.logger = logger
  }

  /// Does what the messages ask for, each on a thread of its own.
  ///
  /// - Parameter deadline: milliseconds since 1970 by which Lambda wants the answer.
  /// - Returns: the names of the messages that must come again, or go to the dead letters.
  package func dispatch(_ event: SQSEvent, deadline: Int64?) -> BatchAnswer {
    let end = deadline.map { $0 - Self.reserve }
    let dispatcher = dispatcher(until: end)
    let failed = Lock(Set<String>())
    let threads = event.records.map { record in
      let work: @Sendable () -> Void = {
        guard isDone(record, dispatcher) else {
          failed.withLock { _ = $0.insert(record.messageId) }
          return
        }
      }
      let thread = try? NativeThread(named: "dispatch", work)
      if thread == nil { work() }
      return thread
    }
    for thread in threads { thread?.join() }
    let names = failed.withLock { $0 }
    return BatchAnswer(failed: event.records.map(\.messageId).filter(names.contains))
  }

  private func dispatcher(until end: Int64?) -> Dispatcher {
    let left = end.map { max($0 - WallClock.milliseconds, 0) } ?? 80_000
    return Dispatcher(
      queue: queue, statuses: statuses, codes: codes,
      invoker: LambdaInvoker(function, isolatesTenants: isolatesTenants, deadline: end),
      maximumReceives: maximumReceives, patience: .milliseconds(min(20_000, left / 4)), logger: logger)
  }

  /// Whether Lambda may delete the message.
  private func isDone(_ record: SQSEvent.Record, _ dispatcher: Dispatcher) -> Bool {
    guard let received = record.delivery else {
      logger.error("Message asks for no job", metadata: ["message": "\(record.messageId)"])
      // Another version may be able to read it, until none follows.
      if record.attempt ?? 1 >= maximumReceives, let job = UnreadableMessage.job(in: Array(record.body.utf8)) {
        finish(job, UnreadableMessage.end(of: job))
      }
      return false
    }
    switch dispatcher.dispatch(received) {
    case .finished, .duplicate, .forgotten: return true
    case .released, .buried: return false
    case .abandoned(let reason):
      // The queue counts this delivery all the same, and none follows the last.
      if received.attempt >= maximumReceives { giveUp(received, reason) }
      return false
    }
  }

  private func giveUp(_ received: ReceivedMessage, _ reason: String) {
    let sentence = "the platform gave up after \(received.attempt) attempts: \(reason)"
    finish(received.message.jobId, JobStatus(of: received, internalError: sentence))
  }

  private func finish(_ job: JobID, _ status: JobStatus) {
    do throws(BackendError) {
      try statuses.finish(job, status)
    } catch {
      logger.error("The end of a job could not be stored", metadata: ["reason": "\(error)"])
    }
  }
}
