import FoundationEssentials
import Glibc

/// A new directory that only this user may enter, removed with all it holds when the last reference goes.
public final class TemporaryDirectory: Sendable {
  /// The absolute path, short enough for a socket in it.
  public let path: String

  /// Makes `/tmp/<name>-XXXXXX`.
  public init(named name: String = "rce-test") throws(ServiceError) {
    var template = Array("/tmp/\(name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw ServiceError("cannot make a directory in /tmp: \(String(cString: strerror(errno)))")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
