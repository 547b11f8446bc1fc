import Glibc
import HostSystem
import JobBackends
import JobDispatch
import Jobs
import TestServices
import Testing

@Suite("the dispatch loop")
struct DispatchLoopTests {
  private func start(_ loop: DispatchLoop, consumers: Int) throws -> [NativeThread] {
    try (0..<consumers).map { _ in try NativeThread(named: "dispatch") { loop.run() } }
  }

  @Test("four consumers run every job once and stop when told")
  func runs() throws {
    let platform = try TestPlatform(ScriptedInvoker(ScriptedInvoker.echo))
    let outcomes = Lock<[DispatchOutcome]>([])
    let loop = DispatchLoop(platform.dispatcher, waitMilliseconds: 100) { _, outcome in
      outcomes.withLock { $0.append(outcome) }
    }
    let threads = try start(loop, consumers: 4)
    let jobs = try (0..<60).map { try platform.submit("\($0)") }
    #expect(eventually { outcomes.withLock { $0.count } == 60 })
    loop.stop()
    for thread in threads { thread.join() }
    #expect(outcomes.withLock { $0 }.allSatisfy { $0 == .finished(.completed) })
    for (number, job) in jobs.enumerated() {
      #expect(try platform.statuses.status(of: job)?.result == "\(number)")
    }
    #expect(platform.invoker.requests.count == 60)
  }

  @Test("the message in hand is finished before a stop")
  func graceful() throws {
    let gate = StopSignal()
    let platform = try TestPlatform(
      ScriptedInvoker({ request in
        _ = gate.pause(.seconds(5))
        return ScriptedInvoker.echo(request)
      }))
    let loop = DispatchLoop(platform.dispatcher, waitMilliseconds: 100)
    let threads = try start(loop, consumers: 1)
    let job = try platform.submit("hello")
    #expect(eventually { platform.invoker.requests.count == 1 })
    loop.stop()
    gate.raise()
    for thread in threads { thread.join() }
    #expect(try platform.statuses.status(of: job)?.result == "hello")
    #expect(try platform.queue.depth().inFlight == 0)
  }

  @Test("an outage is survived by every consumer and logged once at its beginning and once at its end")
  func outage() throws {
    let platform = try TestPlatform(ScriptedInvoker(ScriptedInvoker.echo))
    let loop = DispatchLoop(
      platform.dispatcher, waitMilliseconds: 100, backoff: Backoff(first: .milliseconds(5), longest: .milliseconds(20)))
    let threads = try start(loop, consumers: 3)
    let first = try platform.submit("before")
    #expect(try eventually { try platform.statuses.status(of: first)?.status == .completed })
    platform.server.stop(by: SIGKILL)
    #expect(eventually { platform.log.messages.contains { $0.hasPrefix("error: Receive failed") } })
    try platform.server.start()
    let second = try platform.submit("after")
    #expect(try eventually { try platform.statuses.status(of: second)?.status == .completed })
    #expect(eventually { platform.log.messages.contains("notice: Receive works again") })
    loop.stop()
    for thread in threads { thread.join() }
    let troubles = platform.log.messages.filter { $0.contains("Receive") }
    #expect(
      troubles == ["error: Receive failed; trying until it works again", "notice: Receive works again"])
  }

  @Test("a consumer that is not wanted any more goes, the others stay")
  func shrinks() throws {
    let platform = try TestPlatform(ScriptedInvoker(ScriptedInvoker.echo))
    let loop = DispatchLoop(platform.dispatcher, waitMilliseconds: 50)
    let stays = try start(loop, consumers: 1)
    let isWanted = Lock(true)
    let goes = try NativeThread(named: "extra") { loop.run { isWanted.withLock { $0 } } }
    isWanted.withLock { $0 = false }
    goes.join()
    let job = try platform.submit("still here")
    #expect(try eventually { try platform.statuses.status(of: job)?.status == .completed })
    loop.stop()
    for thread in stays { thread.join() }
  }
}
