import HostSystem
public import JobBackends
import Jobs
public import Logging

/// Takes one message from receive to acknowledge: performs what `Delivery` decides.
///
/// Safe from any number of threads, one message each.
public struct Dispatcher: Sendable {
  let queue: any JobQueue
  let stop: StopSignal
  let logger: Logger
  private let statuses: any JobStatusStore
  private let codes: any CodeStore
  private let invoker: any Invoker
  private let maximumReceives: Int
  private let patience: Duration

  /// A dispatcher between these parts.
  ///
  /// - Parameters:
  ///   - maximumReceives: deliveries of a message before its job fails; the same number as the queue's.
  ///   - patience: how long a step is repeated while its backend is out of reach. A result waits in memory
  ///     meanwhile, so it should be well under the visibility timeout.
  ///   - stop: ends such waiting early, and the loops that use this dispatcher.
  public init(
    queue: any JobQueue, statuses: any JobStatusStore, codes: any CodeStore, invoker: any Invoker,
    maximumReceives: Int = 3, patience: Duration = .seconds(20), stop: StopSignal = .init(), logger: Logger
  ) {
    self.queue = queue
    self.statuses = statuses
    self.codes = codes
    self.invoker = invoker
    self.maximumReceives = maximumReceives
    self.patience = patience
    self.stop = stop
    self.logger = logger
  }

  /// Does everything that the messages of a batch ask for, one after the other in one environment.
  ///
  /// Each is acknowledged, released or buried by itself. Where one had to be left alone, because a backend is out of
  /// reach, so are those after it: each would be tried for as long, and their visibility timeout would pass meanwhile.
  ///
  /// - Parameter observe: told what became of each.
  public func dispatch(_ batch: [ReceivedMessage], observe: (ReceivedMessage, DispatchOutcome) -> Void) {
    let lease = batch.count > 1 ? EnvironmentLease() : nil
    defer { if let lease { invoker.end(lease) } }
    var trouble: DispatchOutcome?
    for received in batch {
      let outcome = trouble ?? dispatch(received, on: lease)
      if case .abandoned = outcome { trouble = outcome }
      observe(received, outcome)
    }
  }

  /// Does everything that the message asks for, and returns what became of it.
  @discardableResult
  public func dispatch(_ received: ReceivedMessage, on lease: EnvironmentLease? = nil) -> DispatchOutcome {
    var logger = logger
    logger[metadataKey: "job"] = "\(received.message.jobId)"
    logger[metadataKey: "attempt"] = "\(received.attempt)"
    var delivery = Delivery(received, maximumReceives: maximumReceives)
    var step = delivery.start()
    while true {
      if case .end(let outcome) = step {
        report(outcome, logger)
        return outcome
      }
      step = delivery.next(perform(step, received, lease, logger))
    }
  }

  private func perform(
    _ step: DispatchStep, _ received: ReceivedMessage, _ lease: EnvironmentLease?, _ logger: Logger
  ) -> DispatchAnswer {
    let job = received.message.jobId
    return switch step {
    case .fetchCode: attempt("fetch the code", logger) { () throws(BackendError) in .code(try codes.code(of: job)) }
    case .markRunning(let timings):
      attempt("mark the job running", logger) { () throws(BackendError) in
        .marked(try statuses.markRunning(job, timings: timings))
      }
    case .readState:
      attempt("read the job's state", logger) { () throws(BackendError) in
        .state(try statuses.status(of: job)?.status)
      }
    case .invoke(let request): invoke(request, on: lease)
    case .finish(let status):
      attempt("store the result", logger) { () throws(BackendError) in .stored(try statuses.finish(job, status)) }
    case .acknowledge:
      attempt("acknowledge the message", logger) { () throws(BackendError) in
        try queue.acknowledge(received)
        return .done
      }
    case .release:
      attempt("release the message", logger) { () throws(BackendError) in
        try queue.release(received)
        return .done
      }
    case .bury(let reason):
      attempt("bury the message", logger) { () throws(BackendError) in
        try queue.bury(received, reason: reason)
        return .done
      }
    case .removeCode:
      attempt("remove the code", logger, patience: .zero) { () throws(BackendError) in
        try codes.remove(job)
        return .done
      }
    case .end: preconditionFailure("the end is not performed")
    }
  }

  private func invoke(_ request: ExecutionRequest, on lease: EnvironmentLease?) -> DispatchAnswer {
    do throws(BackendError) {
      guard let lease else { return .invoked(try invoker.invoke(request)) }
      return .invoked(try invoker.invoke(request, on: lease))
    } catch {
      return .invocationFailed(error)
    }
  }

  /// Tries until it works, the backend says that it never will, patience ends, or a stop is wanted.
  private func attempt(
    _ task: String, _ logger: Logger, patience: Duration? = nil, _ body: () throws(BackendError) -> DispatchAnswer
  ) -> DispatchAnswer {
    let deadline = ContinuousClock.now + (patience ?? self.patience)
    var pauses = Backoff()
    var tries = 1
    while true {
      do throws(BackendError) {
        let answer = try body()
        if tries > 1 { logger.notice("Step done after all", metadata: ["step": "\(task)", "tries": "\(tries)"]) }
        return answer
      } catch {
        if tries == 1 {
          logger.warning("Step failed", metadata: ["step": "\(task)", "reason": "\(error)"])
        }
        guard error.kind == .unavailable, ContinuousClock.now < deadline, !stop.pause(pauses.next()) else {
          return .gaveUp(error)
        }
        tries += 1
      }
    }
  }

  private func report(_ outcome: DispatchOutcome, _ logger: Logger) {
    switch outcome {
    case .finished: logger.debug("Job ended", metadata: ["outcome": "\(outcome.label)"])
    case .duplicate: logger.info("Message of a job that had ended already")
    case .forgotten: logger.warning("Message of a job that the store does not know; not run")
    case .released(let reason):
      logger.warning("Message released for another attempt", metadata: ["reason": "\(reason)"])
    case .buried(let reason): logger.error("Message buried and its job failed", metadata: ["reason": "\(reason)"])
    case .abandoned(let reason):
      logger.error("Message left to its visibility timeout", metadata: ["reason": "\(reason)"])
    }
  }
}
