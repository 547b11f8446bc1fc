import CCurl
import CLinux
import Glibc

/// Which of libcurl's sockets are ready (epoll(7)), for libcurl's socket interface (curl_multi_socket_action(3)).
///
/// A socket is registered once, edge-triggered for both directions, and stays so until it is closed: what libcurl wants
/// to know of it changes twice a request, and telling the kernel each time would cost as much as sending. An edge is
/// told once and never again, so that what it said is kept until it has been used.
///
/// Owned by one thread. A class, since libcurl calls back with its address.
final class SocketWatch {
  private struct Socket {
    /// libcurl tells of its opening and its closing, so that the kernel may watch it all the time between.
    var isConnection = false
    var isRegistered = false
    /// What libcurl waits for, EPOLLIN and EPOLLOUT; 0 while the connection is idle.
    var wanted: UInt32 = 0
    /// What edges have told and nobody has used.
    var ready: UInt32 = 0
    /// The socket is among `due`.
    var isDue = false
    /// libcurl has made the connection and has nothing more to do with it.
    var isTaken = false
  }

  /// What an edge told of a socket that was taken from libcurl.
  struct Edge {
    let socket: Int32
    /// It can be read from, the end included.
    let isReadable: Bool
    let isWritable: Bool
    /// The peer sends nothing any more, or the connection is broken.
    let isHungUp: Bool
  }

  private let poll: Int32
  private var sockets: [Socket] = []
  private var due: [Int32] = []
  private var looked: [Int32] = []
  private var edges: [Edge] = []
  private var readEdges: [Edge] = []
  private var events = UnsafeMutablePointer<epoll_event>.allocate(capacity: SocketWatch.batch)

  /// Events that one wait takes.
  private static let batch = 256
  private static let interest = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | 1 << 31

  /// A watch of the descriptors that end a wait themselves; nil where the kernel has no room for one.
  init?(waking descriptors: [Int32]) {
    poll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard poll >= 0 else { return nil }
    for descriptor in descriptors {
      var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(fd: descriptor))
      epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event)
    }
  }

  deinit {
    events.deallocate()
    if poll >= 0 { close(poll) }
  }

  /// Notes what libcurl wants to know of a socket.
  func want(_ wanted: UInt32, of socket: Int32) {
    makePlace(for: socket)
    let place = Int(socket)
    sockets[place].wanted = wanted
    if wanted == 0 {
      if !sockets[place].isConnection { unregister(socket) }
    } else {
      if !sockets[place].isRegistered { register(socket) }
      if sockets[place].ready & wanted != 0 { makeDue(socket) }
    }
  }

  /// A name resolver's socket, whose end nobody tells.
  private func unregister(_ socket: Int32) {
    epoll_ctl(poll, EPOLL_CTL_DEL, socket, nil)
    closing(socket)
  }

  private func register(_ socket: Int32) {
    var event = epoll_event(events: Self.interest, data: epoll_data_t(fd: socket))
    sockets[Int(socket)].ready = 0
    sockets[Int(socket)].isRegistered = epoll_ctl(poll, EPOLL_CTL_ADD, socket, &event) == 0
  }

  /// Notes that libcurl has opened a connection's socket; its number may have been another's before.
  func opened(_ socket: Int32) {
    makePlace(for: socket)
    sockets[Int(socket)] = Socket(isConnection: true, isDue: sockets[Int(socket)].isDue)
  }

  /// Forgets a connection's socket, which is about to be closed: the kernel does so too.
  func closing(_ socket: Int32) {
    guard Int(socket) < sockets.count else { return }
    sockets[Int(socket)] = Socket(isDue: sockets[Int(socket)].isDue)
  }

  /// Takes a connected socket from libcurl, which believes from now on that it is closed when it says so.
  ///
  /// What edges have told so far is forgotten: whoever takes the socket has to look at it once.
  func take(_ socket: Int32) {
    makePlace(for: socket)
    let place = Int(socket)
    if !sockets[place].isRegistered { register(socket) }
    sockets[place] = Socket(
      isConnection: true, isRegistered: true, isDue: sockets[place].isDue, isTaken: true)
    look(at: socket)
  }

  /// Whether a socket was taken, so that it is not libcurl's to close.
  func hasTaken(_ socket: Int32) -> Bool { Int(socket) < sockets.count && sockets[Int(socket)].isTaken }

  /// Has a taken socket come again with the next edges, since not all was read.
  func look(at socket: Int32) {
    edges.append(Edge(socket: socket, isReadable: true, isWritable: true, isHungUp: false))
  }

  /// Hands every edge of a taken socket to the body, each once, oldest first.
  func takeEdges(_ body: (Edge) -> Void) {
    guard !edges.isEmpty else { return }
    swap(&edges, &readEdges)
    for edge in readEdges where hasTaken(edge.socket) { body(edge) }
    readEdges.removeAll(keepingCapacity: true)
  }

  private func makePlace(for socket: Int32) {
    guard Int(socket) >= sockets.count else { return }
    sockets += Array(repeating: Socket(), count: Int(socket) + 64 - sockets.count)
  }

  private func makeDue(_ socket: Int32) {
    guard !sockets[Int(socket)].isDue else { return }
    sockets[Int(socket)].isDue = true
    due.append(socket)
  }

  /// Hands every socket that libcurl should look at to the body, with the reason (CURL_CSELECT_*), oldest first.
  ///
  /// A socket with something left comes again the next time, so that one large answer cannot hold up the others.
  func takeDue(_ body: (_ socket: Int32, _ reasons: Int32) -> Void) {
    guard !due.isEmpty else { return }
    swap(&due, &looked)
    for socket in looked {
      let place = Int(socket)
      sockets[place].isDue = false
      let use = sockets[place].ready & sockets[place].wanted
      guard use != 0 else { continue }
      sockets[place].ready &= ~use
      body(socket, Self.reasons(use))
      recheck(socket)
    }
    looked.removeAll(keepingCapacity: true)
  }

  /// Looks again at a socket that libcurl has dealt with: it may have left something, and no edge will tell.
  private func recheck(_ socket: Int32) {
    let wanted = sockets[Int(socket)].wanted
    guard wanted != 0 else { return }
    var check = pollfd(fd: socket, events: Int16(truncatingIfNeeded: wanted), revents: 0)
    guard Glibc.poll(&check, 1, 0) > 0 else { return }
    sockets[Int(socket)].ready |= Self.readiness(UInt32(UInt16(bitPattern: check.revents)))
    if sockets[Int(socket)].ready & wanted != 0 { makeDue(socket) }
  }

  /// Waits until something is ready, at most so many milliseconds; calls back with each waking descriptor.
  func wait(milliseconds: Int32, woken: (Int32) -> Void) {
    let count = epoll_wait(poll, events, Int32(Self.batch), due.isEmpty && edges.isEmpty ? milliseconds : 0)
    for index in 0..<max(Int(count), 0) {
      let (descriptor, seen) = (events[index].data.fd, events[index].events)
      guard Int(descriptor) < sockets.count, sockets[Int(descriptor)].isRegistered else {
        woken(descriptor)
        continue
      }
      if sockets[Int(descriptor)].isTaken {
        edges.append(Edge(descriptor, seen))
        continue
      }
      sockets[Int(descriptor)].ready |= Self.readiness(seen)
      if sockets[Int(descriptor)].ready & sockets[Int(descriptor)].wanted != 0 { makeDue(descriptor) }
    }
  }

  /// An error or a hang-up shows itself to whoever reads or writes.
  private static func readiness(_ seen: UInt32) -> UInt32 {
    let isBroken = seen & (EPOLLERR.rawValue | EPOLLHUP.rawValue | EPOLLRDHUP.rawValue) != 0
    return isBroken ? EPOLLIN.rawValue | EPOLLOUT.rawValue : seen & (EPOLLIN.rawValue | EPOLLOUT.rawValue)
  }

  private static func reasons(_ ready: UInt32) -> Int32 {
    (ready & EPOLLIN.rawValue != 0 ? CURL_CSELECT_IN : 0) | (ready & EPOLLOUT.rawValue != 0 ? CURL_CSELECT_OUT : 0)
  }

  /// What `CURL_POLL_*` stands for, in bits of epoll.
  static func wanted(_ what: Int32) -> UInt32 {
    switch what {
    case CURL_POLL_IN: EPOLLIN.rawValue
    case CURL_POLL_OUT: EPOLLOUT.rawValue
    case CURL_POLL_INOUT: EPOLLIN.rawValue | EPOLLOUT.rawValue
    default: 0
    }
  }
}

extension SocketWatch.Edge {
  fileprivate init(_ socket: Int32, _ seen: UInt32) {
    let isBroken = seen & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
    self.socket = socket
    isHungUp = isBroken || seen & EPOLLRDHUP.rawValue != 0
    isReadable = isHungUp || seen & EPOLLIN.rawValue != 0
    isWritable = isBroken || seen & EPOLLOUT.rawValue != 0
  }
}
