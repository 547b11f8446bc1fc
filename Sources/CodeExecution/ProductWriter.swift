import CLinux
import Glibc
import HostSystem

/// Puts files into a product directory that no program has been able to write yet.
package enum ProductWriter {
  /// Writes the files, for a host user; nil is the caller itself.
  package static func write(_ files: [ProductFile], to directory: String, owner: UInt32?) throws(ProductError) {
    let number = open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else { throw ProductError("", "\(SystemCallError("open", directory))") }
    let root = FileDescriptor(owning: number)
    var made: Set<String> = []
    for file in files {
      let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.utf8.contains(0) }) else {
        throw ProductError(file.path, "it is no path below a directory")
      }
      for count in 1..<max(parts.count, 1) {
        let path = parts.prefix(count).joined(separator: "/")
        if made.insert(path).inserted { try makeDirectory(path, root, owner) }
      }
      try write(file, root, owner)
    }
  }

  private static func makeDirectory(
    _ path: String, _ root: borrowing FileDescriptor, _ owner: UInt32?
  ) throws(ProductError) {
    // Of names that hold no "..", in a directory that holds no link, so it cannot lead out.
    guard mkdirat(root.number, path, 0o755) == 0 else { throw ProductError(path, "\(SystemCallError("mkdirat"))") }
    if let owner { fchownat(root.number, path, owner, owner, AT_SYMLINK_NOFOLLOW) }
  }

  private static func write(
    _ file: ProductFile, _ root: borrowing FileDescriptor, _ owner: UInt32?
  ) throws(ProductError) {
    let mode: mode_t = file.isExecutable ? 0o755 : 0o644
    let number = rce_open_beneath(root.number, file.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode)
    guard number >= 0 else { throw ProductError(file.path, "\(SystemCallError("openat2"))") }
    let target = FileDescriptor(owning: number)
    if let owner { fchown(target.number, owner, owner) }
    do throws(SystemCallError) {
      var failure: SystemCallError?
      file.bytes.withUnsafeBytes { bytes in
        do throws(SystemCallError) { try target.writeAll(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
    } catch {
      throw ProductError(file.path, "\(error)")
    }
  }
}
