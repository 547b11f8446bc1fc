import HostSystem
import RunRecords

/// Watches the machine and the loops from a thread of its own: a 10 ms ticker that notices when it is kept from
/// running, and once a second how the processors and the loop threads have spent their time.
final class HealthSampler: Sendable {
  private let state = Lock(State())
  private let ended: Lock<Bool>
  private let thread: NativeThread

  fileprivate struct State: Sendable {
    var threads: [Int: String] = [:]
    var samples: [ValiditySample] = []
  }

  private static let tick: Int64 = 10_000_000

  /// Starts to watch, in seconds that count from the origin.
  init(origin: MonotonicInstant) throws(SystemCallError) {
    let state = state
    let ended = Lock(false)
    self.ended = ended
    thread = try NativeThread(named: "health") { Self.watch(state, from: origin, until: ended) }
  }

  /// Watches the calling thread from now on, as one of the generator's loops.
  func watchThisThread(as number: Int) {
    guard let thread = ProcessFile.thisThread else { return }
    state.withLock { $0.threads[number] = thread }
  }

  /// What has been seen in each whole second so far.
  var samples: [ValiditySample] { state.withLock { $0.samples } }

  /// Stops and says what was seen in each second.
  func stop() -> [ValiditySample] {
    ended.withLock { $0 = true }
    ended.notifyAll()
    thread.join()
    return state.withLock { $0.samples }
  }

  private static func watch(_ state: Lock<State>, from origin: MonotonicInstant, until ended: Lock<Bool>) {
    var ticker = TickerRecord()
    var reading = HostReading(threads: [:], at: MonotonicInstant.now - origin)
    var second = TickerRecord.second(of: reading.instant)
    func close(upTo end: Int) {
      let threads = state.withLock { $0.threads }
      let next = HostReading(threads: threads, at: MonotonicInstant.now - origin)
      let sample = next.sample(since: reading)
      let samples = (second..<end).map { number in
        var sample = sample
        sample.second = number
        sample.tickerLateness = ticker.lateness(in: number)
        return sample
      }
      state.withLock { $0.samples += samples }
      (reading, second) = (next, end)
    }
    var due = (reading.instant / tick + 1) * tick
    while ended.wait(until: origin + due, { $0 ? true : nil }) == nil {
      let now = MonotonicInstant.now - origin
      ticker.note(due: due, at: now)
      let current = TickerRecord.second(of: now)
      if current > second { close(upTo: current) }
      // After a stall the ticks that were missed are not made up for.
      due = (max(now, due) / tick + 1) * tick
    }
    // The last second counts where it was long enough to tell something of.
    if MonotonicInstant.now - origin - reading.instant > 25 * tick { close(upTo: second + 1) }
  }
}
