import Glibc
import HostSystem

/// Small text files in which the kernel shows and takes settings.
enum KernelFile {
  /// The whole text, or nil where the file is not there or not readable.
  static func read(_ path: String) -> String? {
    do throws(SystemCallError) {
      return String(decoding: try FileDescriptor.open(path, O_RDONLY).readAll(), as: UTF8.self)
    } catch {
      return nil
    }
  }

  /// Writes a setting in one call, as these files require.
  static func write(_ text: String, to path: String) throws(SystemCallError) {
    let file = try FileDescriptor.open(path, O_WRONLY)
    var text = text
    let count = text.withUTF8 { Glibc.write(file.number, $0.baseAddress, $0.count) }
    guard count >= 0 else { throw SystemCallError("write", path) }
  }

  /// Makes a directory; one that is there already is an error (EEXIST).
  static func makeNewDirectory(_ path: String) throws(SystemCallError) {
    guard mkdir(path, 0o755) == 0 else { throw SystemCallError("mkdir", path) }
  }

  /// Makes a directory that may be there already.
  static func makeDirectory(_ path: String) throws(SystemCallError) {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw SystemCallError("mkdir", path) }
  }

  /// Whether a path leads to a directory.
  static func isDirectory(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }
}
