import HostSystem
public import JobBackends
import Logging

/// Receives and dispatches, batch by batch, until stopped.
///
/// Every thread that calls `run` is one more consumer. A queue that cannot be reached is tried again with growing
/// pauses; its loss and its return are logged once each, whatever the number of threads and tries.
public final class DispatchLoop: Sendable {
  private let dispatcher: Dispatcher
  private let waitMilliseconds: Int
  private let backoff: Backoff
  private let rules: BatchRules
  private let observe: @Sendable (ReceivedMessage, DispatchOutcome) -> Void
  private let outage = Lock(OutageCount())
  private let state: Lock<State>

  private struct State {
    var poller: EventSourcePoller
    var counts: PollerSnapshot
  }

  /// A loop that does nothing before `run`.
  ///
  /// - Parameters:
  ///   - dispatcher: what each batch is given to; its stop signal stops the loop too.
  ///   - poller: how the queue is polled; by default each consumer takes one message after the other.
  ///   - waitMilliseconds: how long one receive waits, and so how long a stop of an idle loop may take.
  ///   - backoff: pauses while the queue is out of reach.
  ///   - observe: called on the consumer's thread after each message.
  public init(
    _ dispatcher: Dispatcher, poller: PollerConfiguration = .init(limit: .max), waitMilliseconds: Int = 1_000,
    backoff: Backoff = .init(), observe: @escaping @Sendable (ReceivedMessage, DispatchOutcome) -> Void = { _, _ in }
  ) {
    self.dispatcher = dispatcher
    self.waitMilliseconds = waitMilliseconds
    self.backoff = backoff
    self.observe = observe
    rules = poller.batches
    state = Lock(
      State(
        poller: EventSourcePoller(limit: poller.limit, ramp: poller.ramp),
        counts: PollerSnapshot(limit: poller.limit, allowed: 0, running: 0)))
  }

  /// What the poller does at present, and has done.
  public var snapshot: PollerSnapshot {
    state.withLock { state in
      var snapshot = state.counts
      snapshot.allowed = state.poller.allowed(at: .now)
      snapshot.running = state.poller.running
      return snapshot
    }
  }

  /// Consumes on the calling thread until `stop`, or until the consumer is not wanted any more.
  ///
  /// The batch in hand is finished first.
  public func run(while isWanted: () -> Bool = { true }) {
    var pauses = backoff
    var isFailing = false
    while !dispatcher.stop.isRaised, isWanted() {
      guard mayLook() else { continue }
      do throws(BackendError) {
        let batches = try collect()
        if isFailing { recovered() }
        isFailing = false
        pauses.reset()
        dispatch(batches)
      } catch {
        looked(found: false)
        if !isFailing { failed(error) }
        isFailing = true
        if dispatcher.stop.pause(pauses.next()) { break }
      }
    }
    if isFailing { recovered(silently: true) }
  }

  /// Lets every `run` return when its batch in hand is finished; returns at once.
  public func stop() {
    dispatcher.stop.raise()
  }

  // MARK: - Polling

  /// Waits for the permission to look at the queue, a receive's time at most.
  ///
  /// Nobody is woken for a place that becomes free: whoever frees one comes back for it, and time alone makes more.
  private func mayLook() -> Bool {
    let deadline = MonotonicInstant.now + Int64(waitMilliseconds) * 1_000_000
    while true {
      let now = MonotonicInstant.now
      guard case .wait(let instant) = state.withLock({ $0.poller.wants(at: now) }) else { return true }
      guard now < deadline else { return false }
      let wake = min(instant ?? deadline, deadline)
      if dispatcher.stop.pause(.nanoseconds(max(wake - now, 1))) { return false }
    }
  }

  private func looked(found: Bool) {
    state.withLock { $0.poller.looked(found: found, at: .now) }
  }

  /// One batch, or several of different tenants; what came before a failure is not given back.
  private func collect() throws(BackendError) -> [[ReceivedMessage]] {
    var assembly = BatchAssembly(rules)
    var step = assembly.add(
      try dispatcher.queue.receive(upTo: rules.size, waitMilliseconds: waitMilliseconds), at: .now)
    while case .collect(let limit, let end) = step, !dispatcher.stop.isRaised {
      let left = (end - .now + 999_999) / 1_000_000
      let wait = min(Int(max(left, 0)), waitMilliseconds)
      // The queue's trouble is met again by the next look.
      guard let more = try? dispatcher.queue.receive(upTo: limit, waitMilliseconds: wait) else { break }
      step = assembly.add(more, at: .now)
    }
    return assembly.batches
  }

  private func dispatch(_ batches: [[ReceivedMessage]]) {
    looked(found: !batches.isEmpty)
    guard !batches.isEmpty else { return }
    for batch in batches {
      var outcomes: [DispatchOutcome] = []
      dispatcher.dispatch(batch) { received, outcome in
        outcomes.append(outcome)
        observe(received, outcome)
      }
      state.withLock { $0.counts.add(outcomes) }
    }
    state.withLock { $0.poller.finished() }
  }

  // MARK: - The queue's troubles

  private func failed(_ error: BackendError) {
    guard outage.withLock({ $0.begin() }) else { return }
    dispatcher.logger.error("Receive failed; trying until it works again", metadata: ["reason": "\(error)"])
  }

  private func recovered(silently: Bool = false) {
    guard outage.withLock({ $0.end() }), !silently else { return }
    dispatcher.logger.notice("Receive works again")
  }
}
