import CLinux
import Glibc

/// An open descriptor, owned by one place and closed when that place lets go.
public struct FileDescriptor: ~Copyable, Sendable {
  /// The descriptor's number, valid while the value lives.
  public let number: Int32

  /// Takes over an open descriptor.
  public init(owning number: Int32) {
    self.number = number
  }

  deinit { close(number) }

  /// Gives the descriptor away without closing it.
  public consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }

  /// Opens a path with open(2)'s flags; O_CLOEXEC is always added.
  public static func open(_ path: String, _ flags: Int32, mode: UInt32 = 0o644) throws(SystemCallError) -> Self {
    let number = Glibc.open(path, flags | O_CLOEXEC, mode)
    guard number >= 0 else { throw SystemCallError("open", path) }
    return Self(owning: number)
  }

  /// A sealed in-memory file that holds these bytes, its offset at the start (memfd_create(2)).
  public static func sealedMemory(named name: String, _ bytes: [UInt8]) throws(SystemCallError) -> Self {
    let number = bytes.withUnsafeBytes { rce_sealed_memory_file(name, $0.baseAddress, $0.count) }
    guard number >= 0 else { throw SystemCallError("memfd_create", name, code: -number) }
    return Self(owning: number)
  }

  /// Makes reads and writes return at once with EAGAIN where they would wait.
  public borrowing func setNonBlocking() throws(SystemCallError) {
    guard fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK) == 0 else {
      throw SystemCallError("fcntl O_NONBLOCK")
    }
  }

  /// Writes all bytes, waiting as needed.
  public borrowing func writeAll(_ bytes: UnsafeRawBufferPointer) throws(SystemCallError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(number, rest.baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw SystemCallError("write") }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
  }

  /// Writes a text as UTF-8, waiting as needed.
  public borrowing func writeAll(_ text: String) throws(SystemCallError) {
    var failure: SystemCallError?
    var text = text
    text.withUTF8 { bytes in
      do throws(SystemCallError) { try writeAll(UnsafeRawBufferPointer(bytes)) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Reads to the end of the file, or until so many bytes are there.
  public borrowing func readAll(upTo limit: Int = .max) throws(SystemCallError) -> [UInt8] {
    var bytes: [UInt8] = []
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = Glibc.read(number, chunk.baseAddress, min(chunk.count, limit - bytes.count))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw SystemCallError("read") }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}
