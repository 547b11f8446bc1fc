import HostSystem
public import JobBackends
import Logging

/// Receives and dispatches, message by message, until stopped.
///
/// Every thread that calls `run` is one more consumer. A queue that cannot be reached is tried again with growing
/// pauses; its loss and its return are logged once each, whatever the number of threads and tries.
public final class DispatchLoop: Sendable {
  private let dispatcher: Dispatcher
  private let waitMilliseconds: Int
  private let backoff: Backoff
  private let observe: @Sendable (ReceivedMessage, DispatchOutcome) -> Void
  private let outage = Lock(OutageCount())

  /// A loop that does nothing before `run`.
  ///
  /// - Parameters:
  ///   - dispatcher: what each message is given to; its stop signal stops the loop too.
  ///   - waitMilliseconds: how long one receive waits, and so how long a stop of an idle loop may take.
  ///   - backoff: pauses while the queue is out of reach.
  ///   - observe: called on the consumer's thread after each message.
  public init(
    _ dispatcher: Dispatcher, waitMilliseconds: Int = 1_000, backoff: Backoff = .init(),
    observe: @escaping @Sendable (ReceivedMessage, DispatchOutcome) -> Void = { _, _ in }
  ) {
    self.dispatcher = dispatcher
    self.waitMilliseconds = waitMilliseconds
    self.backoff = backoff
    self.observe = observe
  }

  /// Consumes on the calling thread until `stop`, or until the consumer is not wanted any more.
  ///
  /// The message in hand is finished first.
  public func run(while isWanted: () -> Bool = { true }) {
    var pauses = backoff
    var isFailing = false
    while !dispatcher.stop.isRaised, isWanted() {
      do throws(BackendError) {
        let received = try dispatcher.queue.receive(waitMilliseconds: waitMilliseconds)
        if isFailing { recovered() }
        isFailing = false
        pauses.reset()
        if let received { observe(received, dispatcher.dispatch(received)) }
      } catch {
        if !isFailing { failed(error) }
        isFailing = true
        if dispatcher.stop.pause(pauses.next()) { break }
      }
    }
    if isFailing { recovered(silently: true) }
  }

  /// Lets every `run` return when its message in hand is finished; returns at once.
  public func stop() {
    dispatcher.stop.raise()
  }

  private func failed(_ error: BackendError) {
    guard outage.withLock({ $0.begin() }) else { return }
    dispatcher.logger.error("Receive failed; trying until it works again", metadata: ["reason": "\(error)"])
  }

  private func recovered(silently: Bool = false) {
    guard outage.withLock({ $0.end() }), !silently else { return }
    dispatcher.logger.notice("Receive works again")
  }
}
