import CLinux
import Glibc
import HostSystem

/// The thread of a `PlatformServer`: moves bytes between connections and the platform's state machine.
struct PlatformLoop: ~Copyable {
  private(set) var platform: KnownPlatform
  private let listener: FileDescriptor
  private let timer: TimerDescriptor
  private let stop: Int32
  /// poll(2) would look at each of hundreds of waiting connections again for every answer.
  private let watch: FileDescriptor
  private var events = [epoll_event](repeating: epoll_event(), count: 256)
  /// Bytes of each connection that are not yet a whole request.
  private var unread: [Int32: [UInt8]] = [:]
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  /// A loop that ends when the stop descriptor becomes readable.
  init(_ behaviour: PlatformBehaviour, listener: consuming FileDescriptor, stop: Int32) throws(SystemCallError) {
    let timer = try TimerDescriptor()
    let watch = try Self.makeWatch()
    platform = KnownPlatform(behaviour)
    self.stop = stop
    self.timer = timer
    self.watch = watch
    self.listener = listener
    for descriptor in [stop, self.timer.number, self.listener.number] { add(descriptor) }
  }

  private static func makeWatch() throws(SystemCallError) -> FileDescriptor {
    let number = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard number >= 0 else { throw SystemCallError("epoll_create1") }
    return FileDescriptor(owning: number)
  }

  private func add(_ descriptor: Int32) {
    var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(fd: descriptor))
    epoll_ctl(watch.number, EPOLL_CTL_ADD, descriptor, &event)
  }

  deinit { for connection in unread.keys { close(connection) } }

  /// Serves until it is told to stop.
  mutating func run() {
    while true {
      timer.arm(at: platform.nextDue.map { MonotonicInstant(nanoseconds: $0) })
      let count = epoll_wait(watch.number, &events, Int32(events.count), -1)
      guard count >= 0 || errno == EINTR else { return }
      let ready = events.prefix(max(Int(count), 0)).map { $0.data.fd }
      if ready.contains(stop) { return }
      timer.clear()
      for descriptor in ready where descriptor != timer.number {
        if descriptor == listener.number { accept() } else { read(descriptor) }
      }
      perform(platform.advance(to: MonotonicInstant.now.nanoseconds))
    }
  }

  private mutating func accept() {
    while true {
      let connection = Glibc.accept(listener.number, nil, nil)
      guard connection >= 0 else { return }
      _ = fcntl(connection, F_SETFL, O_NONBLOCK)
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      var yes: Int32 = 1
      setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
      unread[connection] = []
      add(connection)
    }
  }

  private mutating func read(_ connection: Int32) {
    guard unread[connection] != nil else { return }
    let count = recv(connection, &buffer, buffer.count, 0)
    let now = MonotonicInstant.now.nanoseconds
    if count < 0, errno == EAGAIN || errno == EINTR { return }
    guard count > 0 else { return drop(connection) }
    unread[connection]? += buffer[..<count]
    while let request = takeRequest(connection) {
      perform(platform.receive(request, from: connection, at: now))
    }
  }

  private mutating func takeRequest(_ connection: Int32) -> PlatformRequest? {
    guard var bytes = unread[connection] else { return nil }
    defer { unread[connection] = bytes }
    return PlatformRequest.take(from: &bytes)
  }

  private mutating func perform(_ actions: [PlatformAction]) {
    for action in actions {
      switch action {
      case .write(let connection, let bytes, let isClosing):
        // Answers are small, and a client that reads nothing of them loses its connection.
        let count = send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        if count < bytes.count || isClosing { drop(connection) }
      case .reset(let connection):
        // A linger time of 0 makes close(2) send a reset.
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        drop(connection)
      }
    }
  }

  private mutating func drop(_ connection: Int32) {
    platform.closed(connection)
    guard unread.removeValue(forKey: connection) != nil else { return }
    close(connection)
  }
}
