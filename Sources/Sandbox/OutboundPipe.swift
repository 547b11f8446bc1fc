import CLinux
import Glibc
import HostSystem

/// The writing end of a program's standard input, fed without ever waiting for the program to read.
struct OutboundPipe: ~Copyable {
  /// F_SETPIPE_SZ, which Swift's Glibc module does not show.
  private static let setPipeSize: Int32 = 1_031
  /// How much the kernel lets an unprivileged user's pipe hold (`/proc/sys/fs/pipe-max-size`).
  static let largestCapacity = 1 << 20

  /// Never read from: while a reader exists, writing to a program that has gone is no broken pipe and raises no signal.
  private let reading: FileDescriptor
  private var writing: FileDescriptor?
  private var pending: ArraySlice<UInt8> = []
  private var closesWhenSent = false

  /// A pipe whose reading end the child is to inherit.
  init() throws(SystemCallError) {
    var pipe = try Pipe()
    guard let reading = pipe.reading.take(), let writing = pipe.writing.take() else {
      throw SystemCallError("pipe2", code: EBADF)
    }
    try writing.setNonBlocking()
    // So that the sandbox's user may open it once more by its path (/dev/stdin), as it may a file.
    guard fchmod(reading.number, 0o444) == 0 else { throw SystemCallError("fchmod") }
    self.reading = reading
    self.writing = consume writing
  }

  /// The end for the child.
  var childNumber: Int32 { reading.number }

  private var number: Int32 {
    switch writing {
    case .some(let end): end.number
    case .none: -1
    }
  }

  /// What poll(2) should watch; nothing while there is nothing to write.
  var pollEntry: pollfd {
    pollfd(fd: pending.isEmpty ? -1 : number, events: Int16(POLLOUT), revents: 0)
  }

  /// Sends bytes as the program makes room for them, and then the end of the input where nothing will follow.
  mutating func send(_ bytes: [UInt8], closes: Bool) {
    // All at once where it fits, so that a program which asks how much there is sees all of it.
    if bytes.count > 65_536 { _ = fcntl(number, Self.setPipeSize, Int32(min(bytes.count, Self.largestCapacity))) }
    pending += bytes
    closesWhenSent = closes
    write()
  }

  /// Writes what there is room for.
  mutating func write() {
    while !pending.isEmpty {
      let count = pending.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      pending = pending.dropFirst(count)
    }
    pending = []
    if closesWhenSent { writing = nil }
  }
}
