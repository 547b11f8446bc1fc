import Glibc
import HostSystem

/// Removes what hostile programs leave in a directory: no link is followed, and no depth costs descriptors or stack.
package enum DirectoryRemoval {
  /// A name as the kernel holds it, which need not be text.
  private typealias Name = [CChar]

  /// Empties a directory.
  ///
  /// A directory inside is first moved up and then emptied in its turn.
  package static func empty(_ path: String) {
    guard let root = try? FileDescriptor.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) else { return }
    var serial = 0
    var pending = removeFiles(in: root.number)
    while let name = pending.popLast() {
      let number = openat(root.number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      if number >= 0 {
        let directory = FileDescriptor(owning: number)
        for child in removeFiles(in: directory.number) {
          serial += 1
          let moved = Name(".rce-\(getpid())-\(serial)".utf8CString)
          if renameat(directory.number, child, root.number, moved) == 0 { pending.append(moved) }
        }
      }
      unlinkat(root.number, name, AT_REMOVEDIR)
    }
  }

  /// Removes everything that is not a directory, and returns the names of those, made accessible.
  private static func removeFiles(in directory: Int32) -> [Name] {
    let copy = fcntl(directory, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0, let stream = fdopendir(copy) else { return [] }
    defer { closedir(stream) }
    var directories: [Name] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Name($0.bindMemory(to: CChar.self).prefix { $0 != 0 }) }
      if name == [46] || name == [46, 46] { continue }
      let terminated = name + [0]
      if unlinkat(directory, terminated, 0) == 0 || errno != EISDIR { continue }
      fchmodat(directory, terminated, 0o700, 0)
      directories.append(terminated)
    }
    return directories
  }
}
