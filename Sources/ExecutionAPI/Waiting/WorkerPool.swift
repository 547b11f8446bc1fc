import HostSystem

/// A few threads that take work in the order it comes, so that one slow round trip does not hold up the news.
final class WorkerPool: Sendable {
  private typealias Work = @Sendable () -> Void

  private enum Next {
    case work(Work)
    case stop
  }

  /// First in, first out: work arrives on one stack and leaves from another, onto which the first is turned over.
  private struct Queue {
    private var arrived: [Work] = []
    private var leaving: [Work] = []
    var isStopped = false

    mutating func add(_ work: @escaping Work) {
      arrived.append(work)
    }

    mutating func next() -> Next? {
      if leaving.isEmpty {
        leaving = arrived.reversed()
        arrived = []
      }
      return leaving.popLast().map { .work($0) } ?? (isStopped ? .stop : nil)
    }
  }

  private let queue = Lock(Queue())
  private let threads = Lock<[NativeThread]>([])

  init(named name: String, threads count: Int) throws(SystemCallError) {
    for _ in 0..<count {
      let thread = try NativeThread(named: name) { [queue] in
        while case .work(let work)? = queue.wait({ $0.next() }) { work() }
      }
      threads.withLock { $0.append(thread) }
    }
  }

  func add(_ work: @escaping @Sendable () -> Void) {
    queue.withLock { $0.add(work) }
    queue.notifyAll()
  }

  /// Does what is left and joins the threads.
  func stop() {
    queue.withLock { $0.isStopped = true }
    queue.notifyAll()
    for thread in threads.withLock({ $0 }) { thread.join() }
  }
}
