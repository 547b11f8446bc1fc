import CLinux
import Glibc
import HostSystem

/// Reads what a compiler left in a directory that a hostile program could write.
///
/// Every name is resolved by the kernel below the directory and through no link (openat2(2)), opened without waiting,
/// and judged by what was opened and not by what the name said before. Anything but a plain file with one name is an
/// error, never a file that is left out: a product is taken whole or not at all.
package struct ProductCollection: ~Copyable {
  /// How much is taken at most.
  package struct Bounds: Sendable, Hashable {
    /// Bytes of all files together.
    package var bytes: Int
    /// Files and directories.
    package var entries = 4_096
    /// Directories below each other.
    package var depth = 32

    /// Bounds with these bytes.
    package init(bytes: Int) {
      self.bytes = bytes
    }
  }

  private let root: FileDescriptor
  private var left: Bounds
  private var files: [ProductFile] = []

  /// All files in a directory, in the order of their paths.
  ///
  /// - Parameter path: the directory; only its own name must be out of reach of hostile programs.
  package static func collect(_ path: String, _ bounds: Bounds) throws(ProductError) -> [ProductFile] {
    let number = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { throw ProductError("", "\(SystemCallError("open", path))") }
    var collection = ProductCollection(root: FileDescriptor(owning: number), left: bounds)
    try collection.takeDirectory("", depth: 0)
    return collection.files.sorted { $0.path < $1.path }
  }

  private init(root: consuming FileDescriptor, left: Bounds) {
    self.root = root
    self.left = left
  }

  private mutating func takeDirectory(_ path: String, depth: Int) throws(ProductError) {
    guard depth <= left.depth else { throw ProductError(path, "directories nest too deep") }
    let directory = try open(path.isEmpty ? "." : path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    for name in try names(in: directory.release(), path) {
      left.entries -= 1
      guard left.entries >= 0 else { throw ProductError(path, "it has too many files") }
      try take(path.isEmpty ? name : path + "/" + name, depth: depth)
    }
  }

  private mutating func take(_ path: String, depth: Int) throws(ProductError) {
    // O_NONBLOCK: a pipe without a writer opens at once, and is then refused for what it is.
    let file = try open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY)
    var information = stat()
    guard fstat(file.number, &information) == 0 else { throw ProductError(path, "\(SystemCallError("fstat"))") }
    if information.st_mode & S_IFMT == S_IFDIR { return try takeDirectory(path, depth: depth + 1) }
    guard information.st_mode & S_IFMT == S_IFREG else { throw ProductError(path, "it is no plain file") }
    guard information.st_nlink == 1 else { throw ProductError(path, "it has another name elsewhere") }
    guard information.st_size <= left.bytes else { throw ProductError(path, "it is too large") }
    let bytes = try read(file, path, size: Int(information.st_size))
    left.bytes -= bytes.count
    files.append(ProductFile(path, isExecutable: information.st_mode & 0o111 != 0, bytes))
  }

  /// Reads what the file held when it was looked at; one that is growing is refused.
  private func read(
    _ file: borrowing FileDescriptor, _ path: String, size: Int
  ) throws(ProductError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size + 1)
    var count = 0
    while count <= size {
      let part = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(file.number, buffer.baseAddress.map { $0 + count }, buffer.count - count)
      }
      if part < 0 && errno == EINTR { continue }
      guard part >= 0 else { throw ProductError(path, "\(SystemCallError("read"))") }
      if part == 0 { break }
      count += part
    }
    guard count == size else { throw ProductError(path, "it changes while it is read") }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  private func open(_ path: String, _ flags: Int32) throws(ProductError) -> FileDescriptor {
    for _ in 0..<16 {
      let number = rce_open_beneath(root.number, path, flags, 0)
      if number >= 0 { return FileDescriptor(owning: number) }
      // Something above was moved meanwhile; the kernel cannot tell whether out of the directory.
      guard errno == EAGAIN || errno == EINTR else { break }
    }
    throw ProductError(path, "\(SystemCallError("openat2"))")
  }

  /// The names in a directory, whose descriptor is taken over.
  private func names(in directory: Int32, _ path: String) throws(ProductError) -> [String] {
    guard let stream = fdopendir(directory) else {
      close(directory)
      throw ProductError(path, "\(SystemCallError("fdopendir"))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let name else { throw ProductError(path, "a name in it is not UTF-8") }
      guard names.count <= left.entries else { throw ProductError(path, "it has too many files") }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}
