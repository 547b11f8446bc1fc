import HostSystem
import MicroHTTP

/// A platform of its own kind: jobs that do nothing for a given time, over real HTTP, with faults on demand.
final class TestPlatform: Sendable {
  /// How the platform behaves.
  struct Behaviour: Sendable {
    /// Nanoseconds from a job's acceptance to its end; nil never ends one.
    var duration: Int64? = 0
    /// What a submission is answered with in place of an acceptance, by the number of submissions before it.
    var refusal: @Sendable (Int) -> HTTPResponse? = { _ in nil }
    /// What a finished job's status read is answered with.
    var status: @Sendable () -> HTTPResponse = { HTTPResponse(status: 200, text: TestPlatform.completed("hello")) }
    /// The id of a job, by the number of acceptances before it.
    var id: @Sendable (Int) -> String = { "job-\($0)" }
    /// What `/health` is answered with.
    var health: @Sendable () -> String = { #"{"version":"test 1"}"# }
    /// `?wait=` holds a read open until the job ends.
    var holdsReads = true
  }

  fileprivate struct State: Sendable {
    var submissions = 0
    var ends: [String: Int64] = [:]
    var held: [(id: String, until: Int64, exchange: HTTPExchange)] = []
    var mostAtOnce = 0
    var isStopping = false
  }

  private let behaviour: Behaviour
  private let state: Lock<State>
  private let server: HTTPServer
  private let clock: NativeThread

  init(_ behaviour: Behaviour = .init()) throws {
    self.behaviour = behaviour
    let state = Lock(State())
    self.state = state
    server = try HTTPServer { request, exchange in
      Self.handle(request, exchange, behaviour, state)
      state.notifyAll()
    }
    clock = try NativeThread(named: "test-platform") { Self.release(state, behaviour) }
  }

  var url: String { "http://127.0.0.1:\(server.port)" }
  var port: Int { Int(server.port) }
  var submissions: Int { state.withLock { $0.submissions } }
  /// Most jobs that had been accepted and had not ended at once.
  var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

  func stop() {
    state.withLock { $0.isStopping = true }
    state.notifyAll()
    clock.join()
    server.stop()
  }

  static func completed(_ result: String) -> String {
    #"{"status":"completed","result":"\#(result)","timestamp":1,"timings":{"coldStart":false}}"#
  }

  private static func handle(
    _ request: HTTPRequest, _ exchange: HTTPExchange, _ behaviour: Behaviour, _ state: Lock<State>
  ) {
    switch request.path {
    case "/execute": exchange.answer(state.withLock { $0.submit(behaviour) })
    case "/health": exchange.answer(HTTPResponse(status: 200, text: behaviour.health()))
    default:
      let id = String(request.path.dropFirst("/job-status/".count))
      let wait = behaviour.holdsReads ? request.parameter("wait").flatMap { Int64($0) } : nil
      let now = MonotonicInstant.now.nanoseconds
      let isHeld = state.withLock { state in
        guard let wait, let end = state.ends[id], end > now else { return false }
        state.held.append((id, now + wait * 1_000_000_000, exchange))
        return true
      }
      if !isHeld { exchange.answer(state.withLock { $0.status(of: id, behaviour, at: now) }) }
    }
  }

  /// Answers reads that are held open when their job ends or their time is up.
  private static func release(_ state: Lock<State>, _ behaviour: Behaviour) {
    while !state.withLock({ $0.isStopping }) {
      let now = MonotonicInstant.now.nanoseconds
      let (due, next) = state.withLock { state in
        let due = state.held.filter { $0.until <= now || state.ends[$0.id] ?? 0 <= now }
        state.held.removeAll { $0.until <= now || state.ends[$0.id] ?? 0 <= now }
        let next = state.held.map { min($0.until, state.ends[$0.id] ?? 0) }.min() ?? now + 1_000_000_000
        return (due.map { ($0.exchange, state.status(of: $0.id, behaviour, at: now)) }, next)
      }
      for (exchange, response) in due { exchange.answer(response) }
      let count = state.withLock { $0.held.count }
      _ = state.wait(until: MonotonicInstant(nanoseconds: next)) { state -> Bool? in
        state.isStopping || state.held.count != count ? true : nil
      }
    }
  }
}

extension TestPlatform.State {
  fileprivate mutating func submit(_ behaviour: TestPlatform.Behaviour) -> HTTPResponse {
    defer { submissions += 1 }
    if let refusal = behaviour.refusal(submissions) { return refusal }
    let now = MonotonicInstant.now.nanoseconds
    let id = behaviour.id(ends.count)
    ends[id] = behaviour.duration.map { now + $0 } ?? Int64.max
    mostAtOnce = max(mostAtOnce, ends.values.count { $0 > now })
    return HTTPResponse(status: 202, text: #"{"jobId":"\#(id)","status":"queued"}"#)
  }

  fileprivate func status(
    of id: String, _ behaviour: TestPlatform.Behaviour, at now: Int64
  ) -> HTTPResponse {
    guard let end = ends[id] else { return HTTPResponse(status: 404, text: "{}") }
    return end > now ? HTTPResponse(status: 200, text: #"{"status":"running","timestamp":1}"#) : behaviour.status()
  }
}
