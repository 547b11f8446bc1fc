import Glibc
import HostSystem

/// The program's standard streams.
enum Console {
  static func write(_ bytes: [UInt8]) {
    put(bytes, 1)
  }

  static func write(_ text: String) {
    put(Array(text.utf8), 1)
  }

  /// Writes a line for the log of whoever runs the environment.
  static func report(_ line: String) {
    put(Array("rce-executor: \(line)\n".utf8), 2)
  }

  static func readAll() throws(SystemCallError) -> [UInt8] {
    let input = FileDescriptor(owning: dup(0))
    return try input.readAll()
  }

  private static func put(_ bytes: [UInt8], _ descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      // Nobody is left to tell.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
