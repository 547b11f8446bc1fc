import CCurl
public import HostSystem

/// Many transfers at once on one thread (libcurl's multi interface), with a wait that ends at an exact instant.
///
/// Owned and used by one thread. `curl_multi_poll` waits for sockets, for a `timerfd` and for the wake signal; its
/// own timeout counts milliseconds, and waiting by it would either be late or spin.
public struct TransferLoop: ~Copyable {
  private let multi: UnsafeMutableRawPointer
  private let limits: TransferLimits
  private let timer: TimerDescriptor
  private let wakeSignal: WakeSignal
  private var free: [TransferSlot] = []
  private var busy: [Int: TransferSlot] = [:]
  private var finished: [TransferReport] = []
  private var nextFinished = 0
  private var armed: MonotonicInstant?

  /// A loop without transfers.
  ///
  /// - Parameters:
  ///   - limits: what holds for every transfer.
  ///   - wakeSignal: what other threads raise to end a wait.
  public init(_ limits: TransferLimits = .init(), wakeSignal: WakeSignal) throws(CurlError) {
    // The first handle initialises libcurl.
    let first = try TransferSlot(limits)
    let timer: TimerDescriptor
    do {
      timer = try TimerDescriptor()
    } catch {
      throw CurlError(operation: "timerfd_create", code: Int32(CURLE_FAILED_INIT.rawValue), detail: "\(error)")
    }
    guard let multi = curl_multi_init() else {
      throw CurlError(operation: "curl_multi_init", code: Int32(CURLE_OUT_OF_MEMORY.rawValue))
    }
    _ = rce_curl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.connections)
    _ = rce_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, limits.connections)
    self.multi = multi
    self.limits = limits
    self.timer = timer
    self.wakeSignal = wakeSignal
    free.append(first)
  }

  deinit {
    // libcurl requires that every easy handle leaves before the multi handle goes (curl_multi_cleanup(3)).
    for slot in busy.values { curl_multi_remove_handle(multi, slot.handle.pointer) }
    curl_multi_cleanup(multi)
  }

  /// Transfers that have been started and not yet reported.
  public var active: Int { busy.count }

  /// Starts a transfer; tags of active transfers must differ.
  ///
  /// Nothing is sent before the next `perform`.
  public mutating func start(_ request: TransferRequest) throws(CurlError) {
    precondition(busy[request.tag] == nil, "two active transfers have the tag \(request.tag)")
    let slot = if let slot = free.popLast() { slot } else { try TransferSlot(limits) }
    try slot.prepare(request)
    let code = curl_multi_add_handle(multi, slot.handle.pointer)
    guard code == CURLM_OK else {
      slot.cancel()
      throw CurlError(
        operation: "curl_multi_add_handle", code: Int32(CURLE_FAILED_INIT.rawValue),
        detail: String(cString: curl_multi_strerror(code)))
    }
    busy[request.tag] = slot
  }

  /// Gives a transfer up without a report; its connection is closed.
  public mutating func cancel(tag: Int) {
    guard let slot = busy.removeValue(forKey: tag) else { return }
    curl_multi_remove_handle(multi, slot.handle.pointer)
    slot.cancel()
    free.append(slot)
  }

  /// Sends and receives what can be sent and received without waiting.
  public mutating func perform() {
    var running: Int32 = 0
    curl_multi_perform(multi, &running)
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
      // The message dies with the removal (curl_multi_info_read(3)).
      let code = message.pointee.data.result
      curl_multi_remove_handle(multi, handle)
      guard let slot = TransferSlot.owner(of: handle), let report = slot.finish(code) else { continue }
      busy[report.tag] = nil
      free.append(slot)
      finished.append(report)
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
    if armed != instant {
      timer.arm(at: instant)
      armed = instant
    }
    var extra = (
      curl_waitfd(fd: timer.number, events: Int16(CURL_WAIT_POLLIN), revents: 0),
      curl_waitfd(fd: wakeSignal.number, events: Int16(CURL_WAIT_POLLIN), revents: 0)
    )
    withUnsafeMutablePointer(to: &extra) { pointer in
      _ = pointer.withMemoryRebound(to: curl_waitfd.self, capacity: 2) { curl_multi_poll(multi, $0, 2, 1_000, nil) }
    }
    if extra.0.revents != 0 {
      timer.clear()
      armed = nil
    }
    if extra.1.revents != 0 { wakeSignal.clear() }
  }
}
