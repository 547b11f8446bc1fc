import CZlib
import Glibc

/// A file that may be compressed by gzip.
package enum CompressedFile {
  /// Reads a file whole, as it was before gzip where gzip was used; throws what the system says.
  package static func read(_ path: String) throws(RunStoreError) -> [UInt8] {
    func error(_ cause: String) -> RunStoreError {
      RunStoreError(operation: "read", path: path, cause: cause, hint: "give a file, plain or as gzip made it")
    }
    guard let file = gzopen(path, "rb") else { throw error(String(cString: strerror(errno))) }
    defer { gzclose(file) }
    var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 20))
    while true {
      let count = gzread(file, &chunk, UInt32(chunk.count))
      guard count >= 0 else { throw error(gzeof(file) == 1 ? "it is cut off" : "it is damaged, or no file") }
      if count == 0 { break }
      bytes += chunk[..<Int(count)]
    }
    var code: Int32 = 0
    _ = gzerror(file, &code)
    guard code == Z_OK || code == Z_STREAM_END else { throw error("it is cut off") }
    return bytes
  }
}
