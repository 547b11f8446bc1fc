import CCurl
public import HostSystem

/// Many transfers at once on one thread (libcurl's multi interface), with a wait that ends at an exact instant.
///
/// Owned and used by one thread. libcurl's socket interface with epoll, since the other one looks at every transfer at
/// every turn, and most are requests that a platform holds open. A `timerfd` ends the wait: a timeout in milliseconds
/// would either be late or spin. What goes over connections without encryption is written and read by `PlainTransfers`.
public struct TransferLoop: ~Copyable {
  private let multi: MultiHandle
  private let limits: TransferLimits
  private let timer: TimerDescriptor
  private let wakeSignal: WakeSignal
  private var free: [TransferSlot]
  private var busy: [TransferSlot?] = []
  private var queue = TransferQueue()
  private var running = 0
  private let plain: PlainTransfers
  private var finished: [TransferReport] = []
  private var nextFinished = 0
  private var armed: MonotonicInstant?

  /// A loop without transfers.
  ///
  /// - Parameters:
  ///   - limits: what holds for every transfer.
  ///   - wakeSignal: what other threads raise to end a wait.
  public init(_ limits: TransferLimits = .init(), wakeSignal: WakeSignal) throws(CurlError) {
    let timer = try Self.makeTimer()
    let multi = try MultiHandle(connections: limits.connections, waking: [timer.number, wakeSignal.number])
    // What is wrong with the settings shows itself here.
    free = [try TransferSlot(limits, multi.watch)]
    plain = PlainTransfers(limits, multi)
    self.multi = multi
    self.timer = timer
    self.limits = limits
    self.wakeSignal = wakeSignal
  }

  private static func makeTimer() throws(CurlError) -> TimerDescriptor {
    do {
      return try TimerDescriptor()
    } catch {
      throw CurlError(operation: "timerfd_create", code: Int32(CURLE_FAILED_INIT.rawValue), detail: "\(error)")
    }
  }

  deinit {
    // libcurl requires that every easy handle leaves before the multi handle goes (curl_multi_cleanup(3)).
    for slot in busy { if let slot { multi.remove(slot.handle.pointer) } }
    plain.stop()
  }

  /// Transfers that have been started and not yet reported, those that wait for a connection included.
  public var active: Int { running + plain.count + queue.count }

  /// Starts a transfer; tags of active transfers must differ, and are small: they number places in a table.
  ///
  /// Where a connection is idle the request is sent at once, otherwise by the next `perform`. Where as many run as there
  /// are connections, it waits its turn, and its time-out goes on meanwhile.
  public mutating func start(_ request: TransferRequest) throws(CurlError) {
    precondition(!isActive(request.tag), "two active transfers have the tag \(request.tag)")
    if hasRoom {
      try begin(request, queuedAt: nil)
    } else {
      queue.append(request, at: .now)
    }
  }

  private var hasRoom: Bool { running + plain.count < limits.transfers }

  private func isActive(_ tag: Int) -> Bool {
    plain.isActive(tag) || tag < busy.count && busy[tag] != nil || queue.holds(tag)
  }

  private mutating func begin(_ request: TransferRequest, queuedAt: MonotonicInstant?) throws(CurlError) {
    if let destination = plain.destination(of: request) {
      return plain.start(request, to: destination, queuedAt: queuedAt)
    }
    let slot = if let slot = free.popLast() { slot } else { try TransferSlot(limits, multi.watch) }
    do {
      try slot.prepare(request, queuedAt: queuedAt)
      try multi.add(slot.handle.pointer)
    } catch {
      slot.cancel()
      throw error
    }
    if request.tag >= busy.count {
      busy += Array(repeating: nil, count: max(request.tag + 1 - busy.count, busy.count))
    }
    busy[request.tag] = slot
    running += 1
  }

  /// Gives a transfer up without a report; its connection is closed.
  public mutating func cancel(tag: Int) {
    if queue.remove(tag) { return }
    guard plain.cancel(tag: tag) || cancelSlot(tag) else { return }
    beginQueued()
  }

  private mutating func cancelSlot(_ tag: Int) -> Bool {
    guard tag < busy.count, let slot = busy[tag].take() else { return false }
    running -= 1
    multi.remove(slot.handle.pointer)
    slot.cancel()
    free.append(slot)
    return true
  }

  /// Sends and receives what can be sent and received without waiting.
  public mutating func perform() {
    multi.perform()
    while let (handle, code) = multi.nextFinished() {
      switch LoopHandle.owner(of: handle) {
      case let connector as Connector: plain.ended(connector, code)
      case let slot as TransferSlot: ended(slot, code)
      default: multi.remove(handle)
      }
    }
    plain.perform()
    plain.takeReports(into: &finished)
    beginQueued()
  }

  private mutating func ended(_ slot: TransferSlot, _ code: CURLcode) {
    multi.remove(slot.handle.pointer)
    guard let report = slot.finish(code) else { return }
    busy[report.tag] = nil
    running -= 1
    free.append(slot)
    finished.append(report)
  }

  private mutating func beginQueued() {
    guard queue.count > 0 else { return }
    let now = MonotonicInstant.now
    while let waiting = queue.first, hasRoom || waiting.deadline <= now {
      queue.removeFirst()
      let error: CurlError
      if waiting.deadline > now {
        do {
          try begin(waiting.request, queuedAt: waiting.queuedAt)
          continue
        } catch let failure {
          error = failure
        }
      } else {
        error = .timedOutWaiting
      }
      finished.append(TransferReport(waiting.request, neverStarted: error, queuedAt: waiting.queuedAt, at: now))
    }
  }

  /// The next report, in the order in which transfers ended; nil where all have been taken.
  public mutating func nextReport() -> TransferReport? {
    guard nextFinished < finished.count else {
      finished.removeAll(keepingCapacity: true)
      nextFinished = 0
      return nil
    }
    defer { nextFinished += 1 }
    return finished[nextFinished]
  }

  /// Waits for a socket, for the wake signal or for the instant, whichever comes first; at most a second.
  public mutating func wait(until instant: MonotonicInstant?) {
    guard !plain.hasReports, nextFinished >= finished.count else { return }
    let next = [instant, multi.nextTimeout, plain.nextExpiry, queue.first?.deadline].compactMap(\.self).min()
    if armed != next {
      timer.arm(at: next)
      armed = next
    }
    var (timerHasFired, wasWoken) = (false, false)
    multi.watch.wait(milliseconds: 1_000) { [number = timer.number] descriptor in
      if descriptor == number { timerHasFired = true } else { wasWoken = true }
    }
    if timerHasFired {
      timer.clear()
      armed = nil
    }
    if wasWoken { wakeSignal.clear() }
  }
}
