import Glibc
import HostSystem

/// What the generator's side thread saw of the machine.
struct HealthSample: Sendable {
  var idleMinimum: Double?
  var idleMean: Double?
  var steal: Double?
  var stalledWindows = 0
  var windows = 0
}

/// Watches the machine from a thread of its own: a 10 ms ticker that notices when it is kept from running, and once
/// a second how the processors have spent their time.
final class HealthSampler: Sendable {
  private let state = Lock(State())
  private let ended: Lock<Bool>
  private let thread: NativeThread

  fileprivate struct State: Sendable {
    var sample = HealthSample()
    var idleSum = 0.0
    var idleCount = 0
    var first: ProcessorTimes?
    var last: ProcessorTimes?
  }

  private static let tick: Int64 = 10_000_000
  private static let ticksAWindow: Int64 = 100
  private static let stallLimit: Int64 = 100_000_000

  /// Starts to watch.
  init() throws(SystemCallError) {
    let state = state
    let ended = Lock(false)
    self.ended = ended
    thread = try NativeThread(named: "health") { Self.watch(state, until: ended) }
  }

  /// Stops and says what was seen.
  func stop() -> HealthSample {
    ended.withLock { $0 = true }
    ended.notifyAll()
    thread.join()
    return state.withLock { state in
      var sample = state.sample
      sample.idleMean = state.idleCount > 0 ? state.idleSum / Double(state.idleCount) : nil
      if let first = state.first, let last = state.last { sample.steal = last.shares(since: first)?.steal }
      return sample
    }
  }

  private static func watch(_ state: Lock<State>, until ended: Lock<Bool>) {
    var tick = MonotonicInstant.now
    var latest: Int64 = 0
    var ticks: Int64 = 0
    state.withLock {
      $0.first = processorTimes()
      $0.last = $0.first
    }
    while ended.wait(until: tick + Self.tick, { $0 ? true : nil }) == nil {
      tick = tick + Self.tick
      let late = MonotonicInstant.now - tick
      latest = max(latest, late)
      ticks += 1 + max(late, 0) / Self.tick
      // After a stall the ticks that were missed are not made up for.
      tick = tick + max(late, 0) / Self.tick * Self.tick
      guard ticks >= ticksAWindow else { continue }
      let now = processorTimes()
      let isStalled = latest > stallLimit
      let windows = Int(ticks / ticksAWindow)
      state.withLock { $0.close(windows: windows, isStalled: isStalled, now) }
      (latest, ticks) = (0, 0)
    }
  }

  private static func processorTimes() -> ProcessorTimes? {
    ProcessFile.text(of: "/proc/stat").flatMap(ProcessorTimes.init(parsing:))
  }
}

extension HealthSampler.State {
  mutating func close(windows: Int, isStalled: Bool, _ times: ProcessorTimes?) {
    sample.windows += windows
    if isStalled { sample.stalledWindows += windows }
    if let times, let last, let shares = times.shares(since: last) {
      sample.idleMinimum = min(sample.idleMinimum ?? 1, shares.idle)
      idleSum += shares.idle
      idleCount += 1
    }
    last = times ?? last
  }
}
