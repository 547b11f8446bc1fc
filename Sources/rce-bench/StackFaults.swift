import Glibc
import HostSystem
import LoadGeneration
import Scenarios
import StackControl

/// Does to a local stack what the phases of a plan say, each when its phase begins.
final class StackFaults: Sendable {
  private struct State: Sendable {
    /// Positions of the phases whose fault is still to come, ascending.
    var left: [Int]
    var paused: [StackPart] = []
    var isOver = false
  }

  private let stack: LocalStack
  private let phases: [Phase]
  private let note: @Sendable (String) -> Void
  private let state: Lock<State>

  /// Nil where no phase has a fault.
  init?(_ phases: [Phase], _ stack: LocalStack, note: @escaping @Sendable (String) -> Void) {
    let left = phases.indices.filter { phases[$0].fault != nil }
    guard !left.isEmpty else { return nil }
    (self.stack, self.phases, self.note) = (stack, phases, note)
    state = Lock(State(left: left))
  }

  /// Looks where the run is; called about four times a second, which is how late a fault may be.
  func follow(_ snapshot: ProgressSnapshot) {
    guard snapshot.phase != nil else { return }
    let due = state.withLock { state -> [Int] in
      let due = state.left.filter { $0 <= snapshot.phaseIndex }
      state.left.removeAll { $0 <= snapshot.phaseIndex }
      return due
    }
    for index in due { phases[index].fault.map(make) }
  }

  private func make(_ fault: StackFault) {
    let part = StackPart(fault.part)
    switch fault.action {
    case .kill: tell(fault, stack.signal(SIGKILL, to: part))
    case .pause(let duration):
      let hit = stack.signal(SIGSTOP, to: part)
      tell(fault, hit)
      guard !hit.isEmpty else { return }
      state.withLock { $0.paused.append(part) }
      do { _ = try NativeThread(named: "fault") { [self] in wait(duration, then: part) } } catch { resume(part) }
    }
  }

  private func tell(_ fault: StackFault, _ hit: [Int32]) {
    let processes = hit.count == 1 ? "process \(hit[0])" : "\(hit.count) processes"
    note(hit.isEmpty ? "fault: \(fault.text): nothing of it runs" : "fault: \(fault.text) (\(processes))")
  }

  private func wait(_ duration: Duration, then part: StackPart) {
    let end = MonotonicInstant.now + Int64(duration / .nanoseconds(1))
    while MonotonicInstant.now < end, !state.withLock({ $0.isOver }) { usleep(20_000) }
    resume(part)
  }

  private func resume(_ part: StackPart) {
    let wasPaused = state.withLock { state -> Bool in
      guard let place = state.paused.firstIndex(of: part) else { return false }
      state.paused.remove(at: place)
      return true
    }
    if wasPaused, !stack.signal(SIGCONT, to: part).isEmpty { note("fault: \(part.text) goes on") }
  }

  /// Lets go on what still stands; the stack could not end otherwise.
  func end() {
    let paused = state.withLock { state in
      state.isOver = true
      return state.paused
    }
    for part in paused { resume(part) }
  }
}

extension StackPart {
  fileprivate init(_ part: StackFault.Part) {
    switch part {
    case .redis: self = .program(.redis)
    case .host: self = .program(.host)
    case .api: self = .program(.api)
    case .executors: self = .executors
    }
  }

  fileprivate var text: String {
    switch self {
    case .program(let program): program.rawValue
    case .executors: "executors"
    }
  }
}
