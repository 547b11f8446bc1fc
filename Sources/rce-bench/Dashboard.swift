import HostSystem
import MicroHTTP
import Reporting
import RunRecords

/// A run as a page on loopback while it goes on: read-only, drawn from the run's store.
///
/// It must not disturb what it shows: it is drawn only while somebody looks, by a thread that gives way to every other,
/// at most every two seconds and for at most a twentieth of the time.
final class Dashboard: Sendable {
  private struct State {
    var board = EventBoard<HTTPExchange>()
    /// Who opened the page before it was drawn for the first time.
    var openers: [HTTPExchange] = []
    var live: String?
    var report: String?
    var nextLine = MonotonicInstant.now
    var mayDraw = true
    var isDrawing = false
    /// When a page last asked for events.
    var lastAsked: MonotonicInstant?

    var isWanted: Bool { board.readers > 0 || !openers.isEmpty }
  }

  private let state: Lock<State>
  private let server: HTTPServer
  private static let lineInterval: Int64 = 1_000_000_000
  private static let shortestPause: Int64 = 2_000_000_000
  private static let farewell: Int64 = 5_000_000_000

  /// Where the page is.
  var url: String { "http://127.0.0.1:\(server.port)/" }

  /// Starts to serve on a free port of 127.0.0.1.
  init() throws {
    let state = Lock(State())
    var configuration = HTTPServer.Configuration()
    (configuration.threads, configuration.connectionLimit, configuration.bodyLimit) = (1, 64, 0)
    server = try HTTPServer(configuration) { request, exchange in
      if let refusal = DashboardAnswer.refusal(of: request) { return exchange.answer(refusal) }
      if request.path == "/events" {
        let number = request.header("last-event-id").flatMap { Int($0) }
        Self.deliver(
          state.withLock { state in
            state.lastAsked = .now
            return state.board.ask(exchange, has: number)
          })
      } else {
        state.withLock { Self.open(exchange, &$0) }
      }
      state.notifyAll()
    }
    self.state = state
  }

  /// Draws the run that is stored in a folder from now on.
  func watch(_ folder: String) throws(SystemCallError) {
    _ = try NativeThread(named: "dashboard") { [state] in
      NativeThread.deferCurrentThread()
      while Self.mayDraw(state) {
        let start = MonotonicInstant.now
        if let reading = try? RunReading(folder: folder) { Self.draw(reading, state) }
        state.withLock { $0.isDrawing = false }
        state.notifyAll()
        let pause = max(Self.shortestPause, 19 * (MonotonicInstant.now - start))
        _ = state.wait(until: .now + pause) { $0.mayDraw ? nil : true }
      }
    }
  }

  /// Tells readers how the run goes, at most once a second.
  func tell(_ line: @autoclosure () -> String) {
    let isDue = state.withLock { state in
      guard state.board.readers > 0, .now >= state.nextLine else { return false }
      state.nextLine = .now + Self.lineInterval
      return true
    }
    guard isDue else { return }
    let line = line()
    Self.deliver(state.withLock { $0.board.tell(line) })
  }

  /// Ends drawing, and waits for a drawing that has begun: from then on nobody but its writer has the store open.
  func pause() {
    state.withLock { $0.mayDraw = false }
    state.notifyAll()
    _ = state.wait { $0.isDrawing ? nil : true }
  }

  /// Puts the report in the place of the page, sends readers there and stops when they have it.
  func end(with report: String?) {
    pause()
    let hadReaders = state.withLock { state in
      state.report = report
      // Between one answer and the next question a page that is open has no question here.
      return state.isWanted || state.lastAsked.map { MonotonicInstant.now - $0 < Self.farewell } ?? false
    }
    Self.deliver(state.withLock { $0.board.end() })
    if hadReaders, report != nil {
      _ = state.wait(until: .now + Self.farewell) { $0.report == nil ? true : nil }
    }
    server.stop()
  }

  private static func open(_ exchange: HTTPExchange, _ state: inout State) {
    if let report = state.report {
      exchange.answer(DashboardAnswer.page(report))
      // Whoever waits in `end` sees that it was fetched.
      if state.board.isOver { state.report = nil }
    } else if let live = state.live {
      exchange.answer(DashboardAnswer.page(live))
    } else {
      state.openers.append(exchange)
    }
  }

  /// Waits until somebody looks; false where drawing has ended.
  private static func mayDraw(_ state: Lock<State>) -> Bool {
    state.wait { state in
      if !state.mayDraw { return false }
      guard state.isWanted else { return nil }
      state.isDrawing = true
      return true
    } ?? false
  }

  private static func draw(_ reading: RunReading, _ state: Lock<State>) {
    let live = LiveReport(reading)
    let html = live.html
    let (openers, delivery) = state.withLock { state in
      defer { state.openers = [] }
      state.live = html
      return (state.openers, state.board.show(live.content))
    }
    for opener in openers { opener.answer(DashboardAnswer.page(html)) }
    deliver(delivery)
  }

  private static func deliver(_ delivery: EventBoard<HTTPExchange>.Delivery?) {
    guard let delivery else { return }
    for reader in delivery.readers { reader.answer(DashboardAnswer.events(delivery.text)) }
  }
}
