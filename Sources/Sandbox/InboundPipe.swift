import Glibc
import HostSystem

/// The reading end of a pipe from the sandbox, never waited on.
struct InboundPipe: ~Copyable {
  private let descriptor: FileDescriptor
  private(set) var isOpen = true

  /// Makes a pipe whose writing end goes to `writer`.
  init(writer: inout FileDescriptor?) throws(SystemCallError) {
    var pipe = try Pipe()
    guard let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
      throw SystemCallError("pipe2", code: EBADF)
    }
    try reading.setNonBlocking()
    writer = consume writing
    descriptor = reading
  }

  /// A pipe that has ended, as nobody writes to it.
  init() {
    descriptor = FileDescriptor(owning: -1)
    isOpen = false
  }

  /// What poll(2) should watch; nothing once the pipe has ended.
  var pollEntry: pollfd {
    pollfd(fd: isOpen ? descriptor.number : -1, events: Int16(POLLIN), revents: 0)
  }

  /// Reads what is there, at most as much as the buffer holds; 0 where nothing is there now or any more.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard isOpen else { return 0 }
    while true {
      let count = Glibc.read(descriptor.number, buffer.baseAddress, buffer.count)
      if count > 0 { return count }
      if count < 0 && errno == EINTR { continue }
      if count == 0 || errno != EAGAIN { isOpen = false }
      return 0
    }
  }
}
