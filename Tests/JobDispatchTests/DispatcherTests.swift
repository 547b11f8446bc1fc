import HostSystem
import JobBackends
import JobDispatch
import Jobs
import TestServices
import Testing

@Suite("the dispatcher on a real server")
struct DispatcherTests {
  private static let nothing = QueueDepth(waiting: 0, inFlight: 0, deadLetters: 0)

  @Test("runs a job, stores its result and takes its message off the queue", arguments: [true, false])
  func runs(inline: Bool) throws {
    let platform = try TestPlatform(ScriptedInvoker(ScriptedInvoker.echo))
    let code = inline ? "hello" : String(repeating: "x", count: 500_000)
    let job = try platform.submit(code, inline: inline)
    #expect(try platform.dispatchNext() == .finished(.completed))
    let status = try #require(try platform.statuses.status(of: job))
    #expect(status.status == .completed)
    #expect(status.result == code)
    #expect(status.timings?.attempt == 1)
    #expect(status.timings?.environmentId == "env-1")
    let timings = try #require(status.timings)
    #expect(try #require(timings.s0) <= #require(timings.s1))
    #expect(try #require(timings.s1) <= #require(timings.s6))
    #expect(try platform.queue.depth() == Self.nothing)
    #expect(try platform.codes.code(of: job) == nil)
    #expect(platform.invoker.requests.map(\.code) == [code])
  }

  @Test("an environment that dies costs an attempt, not the job")
  func redelivers() throws {
    let platform = try TestPlatform(
      ScriptedInvoker(ScriptedInvoker.death, ScriptedInvoker.death, ScriptedInvoker.echo))
    let job = try platform.submit("hello")
    let reason = "env-1 was ended by signal 9"
    #expect(try platform.dispatchNext() == .released(reason: reason))
    #expect(try platform.statuses.status(of: job)?.status == .running)
    #expect(try platform.dispatchNext() == .released(reason: reason))
    #expect(try platform.dispatchNext() == .finished(.completed))
    #expect(try platform.statuses.status(of: job)?.timings?.attempt == 3)
    #expect(try platform.queue.depth() == Self.nothing)
  }

  @Test("after three attempts the job fails with the last reason, and its message is a dead letter")
  func buries() throws {
    let platform = try TestPlatform(ScriptedInvoker(ScriptedInvoker.death))
    let job = try platform.submit("hello", inline: false)
    for _ in 1...2 { #expect(try platform.dispatchNext()?.label == "released") }
    #expect(try platform.dispatchNext()?.label == "buried")
    let status = try #require(try platform.statuses.status(of: job))
    #expect(status.status == .failed)
    #expect(
      status.error == "Internal error: the platform gave up after 3 attempts: env-1 was ended by signal 9")
    #expect(status.details?.errorType == .internalError)
    #expect(try platform.queue.depth() == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 1))
    #expect(try platform.codes.code(of: job) == nil)
    #expect(platform.invoker.requests.count == 3)
  }

  @Test("a job whose dispatchers died three times fails too, without a fourth run")
  func crashes() throws {
    let platform = try TestPlatform(ScriptedInvoker(ScriptedInvoker.echo), visibilityMilliseconds: 60)
    let job = try platform.submit("hello")
    for attempt in 1...3 { #expect(try platform.queue.receive(waitMilliseconds: 5_000)?.attempt == attempt) }
    #expect(try platform.dispatchNext()?.label == "buried")
    #expect(try platform.statuses.status(of: job)?.error?.hasPrefix("Internal error: the platform gave up") == true)
    #expect(platform.invoker.requests.isEmpty)
  }

  @Test("a second delivery of a job that has ended changes nothing and runs nothing")
  func duplicate() throws {
    let platform = try TestPlatform(ScriptedInvoker(ScriptedInvoker.echo))
    let job = try platform.submit("hello")
    let received = try #require(try platform.queue.receive(waitMilliseconds: 0))
    #expect(platform.dispatcher.dispatch(received) == .finished(.completed))
    let status = try platform.statuses.status(of: job)
    #expect(platform.dispatcher.dispatch(received) == .duplicate)
    #expect(try platform.statuses.status(of: job) == status)
    #expect(platform.invoker.requests.count == 1)
  }

  @Test("a result waits in memory while the store is away, and the program is not run again")
  func keepsResult() throws {
    let server = Lock<RedisServer?>(nil)
    let platform = try TestPlatform(
      ScriptedInvoker({ request in
        server.withLock { $0 }?.stop()
        return ScriptedInvoker.echo(request)
      }))
    server.withLock { $0 = platform.server }
    let job = try platform.submit("hello")
    let restarter = try NativeThread(named: "restarter") {
      guard eventually({ platform.log.messages.contains("warning: Step failed") }) else { return }
      try? platform.server.start()
    }
    #expect(try platform.dispatchNext() == .finished(.completed))
    restarter.join()
    #expect(try platform.statuses.status(of: job)?.result == "hello")
    #expect(platform.invoker.requests.count == 1)
    #expect(
      platform.log.messages == ["warning: Step failed", "notice: Step done after all", "debug: Job ended"],
      "one line for the trouble and one for its end, whatever the number of tries")
    #expect(try platform.queue.depth() == Self.nothing)
  }

  @Test("when the store stays away the message is left alone, and the job runs again when it is back")
  func abandons() throws {
    let server = Lock<RedisServer?>(nil)
    let platform = try TestPlatform(
      ScriptedInvoker(
        { request in
          server.withLock { $0 }?.stop()
          return ScriptedInvoker.echo(request)
        }, ScriptedInvoker.echo), patience: .milliseconds(60), visibilityMilliseconds: 50)
    server.withLock { $0 = platform.server }
    let job = try platform.submit("hello")
    #expect(try platform.dispatchNext()?.label == "abandoned")
    try platform.server.start()
    #expect(try platform.statuses.status(of: job)?.status == .running)
    #expect(try platform.dispatchNext() == .finished(.completed))
    #expect(try platform.statuses.status(of: job)?.timings?.attempt == 2)
  }

  @Test("a wish to stop ends the waiting for a store that is away")
  func stops() throws {
    let platform = try TestPlatform(ScriptedInvoker(ScriptedInvoker.echo), patience: .seconds(60))
    _ = try platform.submit("hello")
    let received = try #require(try platform.queue.receive(waitMilliseconds: 0))
    platform.server.stop()
    platform.stop.raise()
    let start = MonotonicInstant.now
    #expect(platform.dispatcher.dispatch(received).label == "abandoned")
    #expect(MonotonicInstant.now - start < 5_000_000_000)
    #expect(platform.invoker.requests.isEmpty)
  }
}
