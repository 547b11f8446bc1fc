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

  @Test("a batch shares one environment, its jobs in order; what fails comes again and the rest does not")
  func batches() throws {
    let platform = try TestPlatform(
      ScriptedInvoker(ScriptedInvoker.echo, ScriptedInvoker.death, ScriptedInvoker.echo))
    let jobs = try (0..<4).map { try platform.submit("\($0)") }
    var poller = PollerConfiguration(limit: 1)
    poller.batches.size = 10
    let outcomes = Lock<[DispatchOutcome]>([])
    let loop = DispatchLoop(platform.dispatcher, poller: poller, waitMilliseconds: 100) { _, outcome in
      outcomes.withLock { $0.append(outcome) }
    }
    let threads = try start(loop, consumers: 1)
    #expect(eventually { outcomes.withLock { $0.count } == 5 })
    loop.stop()
    for thread in threads { thread.join() }
    #expect(platform.invoker.requests.map(\.code) == ["0", "1", "2", "3", "1"])
    let leases = platform.invoker.leases
    #expect(leases[0] != nil && Set(leases[..<4]).count == 1, "one lease for the batch")
    #expect(leases[4] == nil, "a batch of one needs none")
    #expect(platform.invoker.ended == [leases[0]].compactMap { $0 })
    #expect(outcomes.withLock { $0 }.map(\.label) == ["completed", "released", "completed", "completed", "completed"])
    for job in jobs { #expect(try platform.statuses.status(of: job)?.status == .completed) }
    let snapshot = loop.snapshot
    #expect(snapshot.batches == 2 && snapshot.messages == 5)
    #expect(snapshot.partialFailures == 1 && snapshot.itemFailures == 1)
    #expect(snapshot.running == 0 && snapshot.allowed == 1)
  }

  @Test("a window collects what comes within it")
  func window() throws {
    let platform = try TestPlatform(ScriptedInvoker(ScriptedInvoker.echo))
    var poller = PollerConfiguration(limit: 1)
    poller.batches.size = 3
    // Longer than the test waits: it is the size that ends the batch.
    poller.batches.window = 60_000_000_000
    let loop = DispatchLoop(platform.dispatcher, poller: poller, waitMilliseconds: 50)
    let threads = try start(loop, consumers: 1)
    for number in 0..<2 { _ = try platform.submit("\(number)") }
    #expect(try eventually { try platform.queue.depth().inFlight == 2 })
    #expect(platform.invoker.requests.isEmpty)
    _ = try platform.submit("2")
    #expect(eventually { platform.invoker.requests.count == 3 })
    #expect(try eventually { try platform.queue.depth().inFlight == 0 })
    // A stop ends the window; what was collected is still run.
    let last = try platform.submit("3")
    #expect(try eventually { try platform.queue.depth().inFlight == 1 })
    loop.stop()
    for thread in threads { thread.join() }
    #expect(try platform.statuses.status(of: last)?.status == .completed)
    #expect(loop.snapshot.batches == 2)
  }

  @Test("a ramp lets few run at first, however many consumers there are, and more with time")
  func ramp() throws {
    let gate = StopSignal()
    let platform = try TestPlatform(
      ScriptedInvoker({ request in
        _ = gate.pause(.seconds(20))
        return ScriptedInvoker.echo(request)
      }))
    // One more each 50 ms.
    let ramp = ConcurrencyRamp(start: 2, perMinute: 1_200, most: 100)
    let loop = DispatchLoop(platform.dispatcher, poller: .init(limit: 6, ramp: ramp), waitMilliseconds: 100)
    for number in 0..<20 { _ = try platform.submit("\(number)") }
    let begin = MonotonicInstant.now
    let threads = try start(loop, consumers: 8)
    #expect(eventually { platform.invoker.requests.count == 2 })
    #expect(eventually { platform.invoker.requests.count == 6 })
    #expect(MonotonicInstant.now - begin >= 190_000_000, "four more take four steps")
    gate.raise()
    #expect(eventually { platform.invoker.requests.count == 20 })
    loop.stop()
    for thread in threads { thread.join() }
    #expect(loop.snapshot.batches == 20)
  }

  @Test("a batch ends early where a backend is out of reach, and its messages are left alone")
  func outOfReach() throws {
    let platform = try TestPlatform(
      ScriptedInvoker(ScriptedInvoker.echo, { _ in .failure(BackendError(.unavailable, "the host stops")) }))
    for number in 0..<4 { _ = try platform.submit("\(number)") }
    let batch = try platform.queue.receive(upTo: 10, waitMilliseconds: 1_000)
    var outcomes: [String] = []
    platform.dispatcher.dispatch(batch) { _, outcome in outcomes.append(outcome.label) }
    #expect(outcomes == ["completed", "abandoned", "abandoned", "abandoned"])
    #expect(platform.invoker.requests.count == 2 && platform.invoker.ended.count == 1)
    #expect(try platform.queue.depth().inFlight == 3)
  }

  @Test("messages of several tenants that come together become batches of one tenant each")
  func tenants() throws {
    let platform = try TestPlatform(ScriptedInvoker(ScriptedInvoker.echo))
    for (code, tenant) in [("1", "a"), ("2", "b"), ("3", "a"), ("4", nil)] {
      _ = try platform.submit(code, tenant: tenant)
    }
    var poller = PollerConfiguration(limit: 1)
    poller.batches.size = 10
    poller.batches.isolatesTenants = true
    let loop = DispatchLoop(platform.dispatcher, poller: poller, waitMilliseconds: 100)
    let threads = try start(loop, consumers: 1)
    #expect(eventually { loop.snapshot.messages == 4 })
    loop.stop()
    for thread in threads { thread.join() }
    #expect(platform.invoker.requests.map(\.code) == ["1", "3", "2", "4"])
    #expect(platform.invoker.requests.map(\.tenant) == ["a", "a", "b", nil])
    #expect(platform.invoker.leases.map { $0 == nil } == [false, false, true, true])
    #expect(loop.snapshot.batches == 3 && loop.snapshot.running == 0)
  }
}
