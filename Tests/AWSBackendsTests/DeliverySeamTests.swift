import HostSystem
import JobBackends
import JobDispatch
import Jobs
import Logging
import TestServices
import Testing

/// A whole delivery, from queue to result, on every set of services.
@Suite struct DeliverySeamTests {
  private static func dispatcher(_ place: SeamPlace, _ invoker: CountingInvoker) -> Dispatcher {
    Dispatcher(
      queue: place.queue, statuses: place.statuses, codes: place.codes, invoker: invoker,
      maximumReceives: SeamPlace.maximumReceives, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  @Test(arguments: Seam.allCases, [false, true])
  func `a job runs once and its message and source text are gone`(_ seam: Seam, inStore: Bool) throws {
    let place = try SeamPlace(seam)
    let job = try place.submit("print(7)", inStore: inStore)
    let invoker = CountingInvoker()
    let received = try #require(try place.receive(1).first)
    #expect(Self.dispatcher(place, invoker).dispatch(received) == .finished(.completed))
    #expect(invoker.codes == ["print(7)"])
    #expect(try place.statuses.status(of: job)?.status == .completed)
    #expect(try place.codes.code(of: job) == nil)
    #expect(try place.queue.depth() == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 0))
  }

  @Test(arguments: Seam.allCases, [false, true])
  func `two deliveries of one message, in either order, end it once`(_ seam: Seam, lateFirst: Bool) throws {
    let place = try SeamPlace(seam)
    let job = try place.submit()
    let first = try #require(try place.receive(1).first)
    try place.queue.release(first)
    let second = try #require(try place.receive(1).first)
    #expect(second.attempt == 2)
    let invoker = CountingInvoker()
    let dispatcher = Self.dispatcher(place, invoker)
    let order = lateFirst ? [second, first] : [first, second]
    #expect(dispatcher.dispatch(order[0]) == .finished(.completed))
    let status = try place.statuses.status(of: job)
    #expect(dispatcher.dispatch(order[1]) == .duplicate)
    #expect(try place.statuses.status(of: job) == status && invoker.codes.count == 1)
    #expect(
      eventually { (try? place.queue.depth()) == QueueDepth(waiting: 0, inFlight: 0, deadLetters: 0) })
  }

  @Test(arguments: Seam.allCases)
  func `a job whose source text is gone fails and says why, and its message does not come for ever`(
    _ seam: Seam
  ) throws {
    let place = try SeamPlace(seam)
    let job = try place.submit(inStore: true)
    try place.codes.remove(job)
    let invoker = CountingInvoker()
    let dispatcher = Self.dispatcher(place, invoker)
    let received = try #require(try place.receive(1).first)
    guard case .buried(let reason) = dispatcher.dispatch(received) else { throw ServiceError("it was not buried") }
    #expect(reason == "its source text is not in the code store any more")
    let status = try #require(try place.statuses.status(of: job))
    #expect(status.status == .failed && status.details?.errorType == .internalError)
    #expect(status.error == "Internal error: \(reason)")
    // SQS itself decides what is dead: there it comes once more, and is acknowledged.
    while let again = try place.queue.receive(waitMilliseconds: 1_000) {
      #expect(seam == .aws && dispatcher.dispatch(again) == .duplicate)
    }
    let depth = try place.queue.depth()
    #expect(depth.waiting == 0 && depth.inFlight == 0 && depth.deadLetters == (seam == .aws ? 0 : 1))
    #expect(invoker.codes.isEmpty)
    #expect(try place.statuses.status(of: job) == status)
  }
}

/// An environment that runs everything well, and remembers what.
private final class CountingInvoker: Invoker {
  private let seen = Lock<[String]>([])
  var codes: [String] { seen.withLock { $0 } }

  func invoke(_ request: ExecutionRequest) throws(BackendError) -> Invocation {
    seen.withLock { $0.append(request.code) }
    var details = ExecutionDetails()
    details.exitCode = 0
    return Invocation(
      result: ExecutionResult(details: details, compiledAt: 1, finishedAt: 2), environmentId: "e", coldStart: false,
      handedAt: 1, readyAt: 1, billedMs: 1, memoryMB: 128)
  }
}
