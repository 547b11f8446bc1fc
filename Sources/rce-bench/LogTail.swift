import Glibc
import HostSystem

/// A log file that is read from its last lines on.
struct LogTail {
  private let path: String
  private let name: String
  private var offset = 0

  /// A log and the name that its lines are prefixed with.
  init(path: String, name: String) {
    self.path = path
    self.name = name
  }

  /// Whether there is such a log.
  var exists: Bool { access(path, F_OK) == 0 }

  /// The last lines; `next` goes on after them.
  mutating func last(_ count: Int) -> [String] { next().suffix(count) }

  /// The lines that have come since the last call; an unfinished line waits for its end.
  mutating func next() -> [String] {
    guard let file = try? FileDescriptor.open(path, O_RDONLY), lseek(file.number, off_t(offset), SEEK_SET) >= 0,
      let bytes = try? file.readAll(), let end = bytes.lastIndex(of: 10)
    else { return [] }
    offset += end + 1
    let text = String(decoding: bytes[..<end], as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { "\(name) | \($0)" }
  }
}
